<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use FOSSBilling\InformationException;

/** How a listener says no. Its words reach the buyer or the staff; the host goes no further. */
final class Refuse
{
    /**
     * Lets refusals through as they are. Anything else that goes wrong is a refusal too: no price is guessed.
     *
     * @param callable(): void $work
     */
    public static function unknown(\Box_Event $event, callable $work): void
    {
        try {
            $work();
        } catch (InformationException $refusal) {
            throw $refusal;
        } catch (\Throwable $error) {
            After::log($event, $error);
            throw new InformationException('Your prices could not be read. Please try again in a few minutes.');
        }
    }
}
