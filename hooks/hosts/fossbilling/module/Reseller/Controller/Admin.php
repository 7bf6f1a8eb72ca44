<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Controller;

use Box\Mod\Reseller\Bridge\CallAnswer;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\Screens\FramePage;
use Box\Mod\Reseller\Screens\SessionTokens;
use Box\Mod\Reseller\Screens\Visitor;
use FOSSBilling\InjectionAwareInterface;
use Symfony\Component\HttpFoundation\Response;

/** The provider's page. The host has checked access to the module before any method runs. */
class Admin implements InjectionAwareInterface
{
    protected ?\Pimple\Container $di = null;

    public function setDi(\Pimple\Container $di): void
    {
        $this->di = $di;
    }

    /** @return array<string, mixed> */
    public function fetchNavigation(): array
    {
        $page = static fn (string $label, string $uri, int $index): array => [
            'location' => Installation::MODULE,
            'label' => __trans($label),
            'uri' => $uri,
            'index' => $index,
            'class' => '',
        ];
        return [
            'group' => [
                'location' => Installation::MODULE,
                'index' => 350,
                'label' => __trans('Resellers'),
                'uri' => Installation::MODULE,
                'class' => 'link',
            ],
            'subpages' => [
                $page('Overview', Installation::MODULE, 100),
                $page('Resellers', Installation::MODULE . '/resellers', 200),
                $page('Settings', 'extension/settings/' . Installation::MODULE, 900),
            ],
        ];
    }

    public function register(\Box_App &$app): void
    {
        $app->post('/reseller/token', 'token', [], static::class);
        $app->get('/reseller', 'page', [], static::class);
        $app->get('/reseller/:path', 'page', ['path' => '.+'], static::class);
    }

    public function token(\Box_App $app): Response
    {
        if (!$this->di['auth']->isAdminLoggedIn()) {
            $answer = CallAnswer::error(401, 'session_ended', 'Log in again.');
        } else {
            $csrf = $app->getRequest()->headers->get('X-CSRF-TOKEN');
            $answer = SessionTokens::answer($this->di, Visitor::staff($this->di), $csrf, Moment::now());
        }
        return new Response($answer->body, $answer->status, $answer->headers);
    }

    public function page(\Box_App $app): string
    {
        $this->di['is_admin_logged'];
        return $app->render('mod_reseller_index', ['frame' => FramePage::of($this->di, 'admin')]);
    }
}
