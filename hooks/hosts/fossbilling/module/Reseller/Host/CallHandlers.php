<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\CheckPrices;
use Box\Mod\Reseller\Bridge\Contract;
use Box\Mod\Reseller\Bridge\DeliverOutbox;
use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\HostError;
use Box\Mod\Reseller\Bridge\HostErrorCode;
use Box\Mod\Reseller\Bridge\Json;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\OutboxEntry;
use Box\Mod\Reseller\Listener\Cron;
use Box\Mod\Reseller\PullPrices;

/** What answers the signed calls: those the host's own API has no answer for, or not within its limits. */
final readonly class CallHandlers
{
    /** Longest time that waiting events are sent while the service waits for the answer. */
    private const DELIVERY_SECONDS = 5.0;

    private const CURSOR = '/^\d{0,15}$/D';

    private const URLS = [
        'client' => '/admin/client/manage/{id}',
        'invoice' => '/reseller/invoice/{id}',
        'order' => '/order/service/manage/{id}',
        'service' => '/order/service/manage/{id}',
    ];

    private function __construct(private Fossbilling $host)
    {
    }

    /** @return array<string, callable(Fields): mixed> by name of the call */
    public static function of(\Pimple\Container $di): array
    {
        $host = Fossbilling::of($di);
        $self = new self($host);
        return [
            'describe' => $self->describe(...),
            'changes.read' => $self->changes(...),
            'prices.publish' => $self->pull(...),
            'prices.check' => static fn (Fields $request) => CheckPrices::check($host->store(), $request, Moment::now()),
            'locks.publish' => static fn (Fields $request) => (new TakeLocks($host))->take($request),
            'differences.read' => static fn (Fields $request) => (new Differences($host))->read($request),
            'income.read' => static fn (Fields $request) => (new Income($host->sql))->read($request),
            'tickets.list' => static fn (Fields $request) => (new Tickets($host))->list($request),
            'tickets.link' => static fn (Fields $request) => (new Tickets($host))->link($request),
        ];
    }

    /** @return array<string, mixed> */
    private function describe(Fields $request): array
    {
        $name = $this->host->sql->row('SELECT value FROM setting WHERE param = ?', ['company_name'])['value'] ?? '';
        $health = Health::of($this->host);
        $native = $health['nativeCheckout']['works'] ? ['nativeCheckout', 'displayOverride'] : [];
        return [
            'kind' => 'fossbilling',
            'name' => Cut::to(100, $name === '' ? 'FOSSBilling' : $name),
            'version' => Cut::to(40, \FOSSBilling\Version::VERSION),
            'contract' => Contract::VERSION,
            'capabilities' => ['pushedPriceLists', 'priceCheck', 'differences', 'income', 'tickets', ...$native],
            'now' => Moment::text(Moment::now()),
            'zone' => Cut::to(60, date_default_timezone_get()),
            'currency' => $this->host->baseCurrency(),
            'urls' => self::URLS,
            'health' => $health,
            'problems' => $this->problems($health['nativeCheckout']['reason']),
        ];
    }

    /** @return list<array{code: string, message: string}> */
    private function problems(?string $seam): array
    {
        $cron = (new Remembered($this->host->sql))->read(Cron::PROBLEM) ?? '';
        $problems = ['native_checkout_gone' => $seam ?? '', 'bridge_cron' => $cron];
        $named = [];
        foreach (array_filter($problems, static fn (string $text): bool => $text !== '') as $code => $message) {
            $named[] = ['code' => $code, 'message' => Cut::to(300, $message)];
        }
        return $named;
    }

    /** @return array<string, mixed> */
    private function changes(Fields $request): array
    {
        $cursor = $request->text('cursor');
        if (preg_match(self::CURSOR, $cursor) !== 1) {
            throw new HostError(HostErrorCode::BadRequest, 'This cursor is not from here.');
        }
        $entries = $this->host->store()->eventsAfter((int) $cursor, $request->int('limit', 1, 500, 200), Moment::now());
        $last = $entries === [] ? null : $entries[count($entries) - 1];
        return [
            'events' => array_map(static fn (OutboxEntry $entry) => Json::readExactly($entry->json), $entries),
            'cursor' => $last === null ? $cursor : (string) $last->sequence,
        ];
    }

    /** @return array<string, mixed> */
    private function pull(Fields $request): array
    {
        if (!PullPrices::run($this->host->di)) {
            throw new HostError(HostErrorCode::Unavailable, 'The price lists could not be pulled.');
        }
        $this->host->forget();
        if ($request->has('events') && $request->bool('events')) {
            $this->deliver();
        }
        return ['revision' => (string) $this->host->store()->readHead()?->revision];
    }

    /** The service is there, or it would not have asked: what waits for a later try goes now. */
    private function deliver(): void
    {
        $plugin = $this->host->installation()->pluginClient();
        if ($plugin !== null) {
            $this->host->store()->wakeEvents();
            DeliverOutbox::run($this->host->store(), $plugin, Moment::now(), self::DELIVERY_SECONDS);
        }
    }
}
