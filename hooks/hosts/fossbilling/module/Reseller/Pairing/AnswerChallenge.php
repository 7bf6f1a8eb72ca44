<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Pairing;

use Box\Mod\Reseller\Bridge\CallAnswer;
use Box\Mod\Reseller\Bridge\FieldFault;
use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\Json;
use Box\Mod\Reseller\Installation;

/**
 * The service's call back: it asks the host at the address it was set up for whether that started this pairing. Both ends
 * prove that they know the code without showing it. One answer for one pairing; a wrong proof ends it.
 */
final readonly class AnswerChallenge
{
    private const MAX_BYTES = 4096;
    private const HEX_32 = '/^[0-9a-f]{32}$/D';
    private const HEX_64 = '/^[0-9a-f]{64}$/D';

    /**
     * @param string $body as it came
     * @param int $nowMs the real clock in UTC milliseconds
     */
    public static function answer(\Pimple\Container $di, string $body, int $nowMs): CallAnswer
    {
        try {
            $request = Fields::of(strlen($body) > self::MAX_BYTES ? null : Json::read($body));
            $nonce = $request->text('nonce', self::HEX_32);
            $challenge = $request->text('challenge', self::HEX_32);
            $proof = $request->text('proof', self::HEX_64);
        } catch (FieldFault | \JsonException) {
            return CallAnswer::error(400, 'bad_request', 'This address takes the call back of a pairing only.');
        }
        $pending = PendingPairing::take(Installation::of($di)->state(), $nonce, $nowMs);
        if ($pending === null) {
            return CallAnswer::error(404, 'unknown_pairing', 'This pairing was not started here, or it is over.');
        }
        if (!hash_equals($pending->code->proof('service', $nonce, $challenge), $proof)) {
            return CallAnswer::error(401, 'wrong_proof', 'The proof does not fit the code. Start the pairing again.');
        }
        try {
            $token = (new StaffAccount($di))->freshToken();
        } catch (PairingError $error) {
            return CallAnswer::error(409, 'no_account', $error->getMessage());
        }
        return CallAnswer::ok([
            'proof' => $pending->code->proof('host', $nonce, $challenge),
            'access' => ['token' => $token],
        ]);
    }
}
