<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Controller;

use Box\Mod\Reseller\Bridge\CallAnswer;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\Sql;
use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\Pairing\AnswerChallenge;
use Box\Mod\Reseller\Screens\FramePage;
use Box\Mod\Reseller\Screens\SessionTokens;
use Box\Mod\Reseller\Screens\Visitor;
use Box\Mod\Reseller\SignedCalls;
use FOSSBilling\Config;
use FOSSBilling\InformationException;
use FOSSBilling\InjectionAwareInterface;
use Symfony\Component\HttpFoundation\Response;

/**
 * Pages of the client area, and the two routes that the service calls. The host registers routes of every module whose
 * files are there, so each method asks first whether the module is active.
 */
class Client implements InjectionAwareInterface
{
    private const CALLS = '/reseller/bridge/v1/';

    protected ?\Pimple\Container $di = null;

    public function setDi(\Pimple\Container $di): void
    {
        $this->di = $di;
    }

    public function register(\Box_App &$app): void
    {
        // With a slash at its end: the nginx rules that the host recommends refuse addresses that end in "sh".
        $app->post(self::CALLS . ':call', 'call', ['call' => '[A-Za-z.]+/?'], static::class);
        $app->post('/reseller/pairing', 'pairing', [], static::class);
        $app->post('/reseller/token', 'token', [], static::class);
        $app->get('/reseller/invoice/:id', 'invoice', ['id' => '[0-9]{1,15}'], static::class);
        $app->get('/reseller', 'page', [], static::class);
        $app->get('/reseller/:path', 'page', ['path' => '.+'], static::class);
        $this->answerInMaintenance($app);
    }

    /** A signed call of the service. */
    public function call(\Box_App $app): Response
    {
        $this->dropSession($app);
        $request = $app->getRequest();
        $headers = array_map(static fn (array $values): string => (string) ($values[0] ?? ''), $request->headers->all());
        // The routed address: a host may lie below a folder, or behind a query.
        $path = rtrim(\FOSSBilling\Http\RequestFactory::getRoutePath($request), '/');
        $body = $request->getContent();
        return self::send(SignedCalls::answer($this->di, $request->getMethod(), $path, $headers, $body, Moment::now()));
    }

    /** The service's call back while it is paired. */
    public function pairing(\Box_App $app): Response
    {
        $this->dropSession($app);
        if (!Installation::of($this->di)->isActive()) {
            return self::send(CallAnswer::error(404, 'unknown_pairing', 'The module is not active here.'));
        }
        return self::send(AnswerChallenge::answer($this->di, $app->getRequest()->getContent(), Moment::now()));
    }

    public function token(\Box_App $app): Response
    {
        if (!$this->di['auth']->isClientLoggedIn()) {
            return self::send(CallAnswer::error(401, 'session_ended', 'Log in again.'));
        }
        $csrf = $app->getRequest()->headers->get('X-CSRF-TOKEN');
        return self::send(SessionTokens::answer($this->di, Visitor::client($this->di), $csrf, Moment::now()));
    }

    public function page(\Box_App $app): Response
    {
        if (!Installation::of($this->di)->isActive()) {
            return $this->notFound($app);
        }
        $this->di['is_client_logged'];
        $visitor = Visitor::client($this->di);
        $frame = FramePage::of($this->di, 'client');
        return $frame === null
            ? $this->notFound($app)
            : $app->renderResponse('mod_reseller_portal', ['frame' => $frame, 'acting' => $visitor->actingAdmin !== null]);
    }

    /** The host shows an invoice by its hash; screens know its number. */
    public function invoice(\Box_App $app, string $id): Response
    {
        if (!Installation::of($this->di)->isActive()) {
            return $this->notFound($app);
        }
        $this->di['is_client_logged'];
        $sql = 'SELECT hash FROM invoice WHERE id = ? AND client_id = ?';
        $row = (new Sql($this->di['pdo']))->row($sql, [(int) $id, (int) Visitor::client($this->di)->id]);
        return $row === null ? $this->notFound($app) : $app->redirect("/invoice/{$row['hash']}");
    }

    private function notFound(\Box_App $app): Response
    {
        return $app->show404(new InformationException('Page :url not found', [':url' => '/reseller'], 404));
    }

    /** While the shop is closed for maintenance staff and its API still work, and so must prices and locks. */
    private function answerInMaintenance(\Box_App $app): void
    {
        $request = $app->getRequest();
        $path = \FOSSBilling\Http\RequestFactory::getRoutePath($request);
        $isCall = $request->getMethod() === 'POST' && str_starts_with($path, self::CALLS);
        if ($isCall && Config::getProperty('maintenance_mode.enabled', false)) {
            $this->call($app)->prepare($request)->send();
            exit;
        }
    }

    /** The host begins a session for every visitor, with a row in its database. The service needs none. */
    private function dropSession(\Box_App $app): void
    {
        $hasOne = $app->getRequest()->cookies->has((string) session_name());
        if (!$hasOne && session_status() === PHP_SESSION_ACTIVE) {
            session_destroy();
            header_remove('Set-Cookie');
        }
    }

    private static function send(CallAnswer $answer): Response
    {
        return new Response($answer->body, $answer->status, $answer->headers);
    }
}
