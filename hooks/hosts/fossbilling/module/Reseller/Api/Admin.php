<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Api;

use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\Pairing\PairingError;
use Box\Mod\Reseller\Pairing\StartPairing;
use Box\Mod\Reseller\Pairing\Unpair;
use Box\Mod\Reseller\PullPrices;
use Box\Mod\Reseller\Screens\Panels;
use Box\Mod\Reseller\Settings;
use Box\Mod\Reseller\Status;
use FOSSBilling\Api\AbstractApi;
use FOSSBilling\Http\RequestFactory;
use FOSSBilling\InformationException;

/** What pages of the staff area ask. The host checks the session's CSRF token before any of it. */
class Admin extends AbstractApi
{
    /** @return array<string, mixed> as Status::of */
    public function status(): array
    {
        $this->mayManage();
        return Status::of($this->getDi());
    }

    /**
     * Connects the reseller service, or connects it again with new keys.
     *
     * @param array<string, mixed> $data `address` of the service, `code` that it printed
     */
    public function pair(#[\SensitiveParameter] array $data): bool
    {
        $this->mayManage();
        try {
            StartPairing::run($this->getDi(), self::text($data, 'address'), self::text($data, 'code'));
        } catch (PairingError $error) {
            throw new InformationException($error->getMessage());
        }
        $this->getDi()['logger']->info('Connected the reseller service');
        return true;
    }

    /** Disconnects the service: a pause, nothing else is lost. */
    public function unpair(): bool
    {
        $this->mayManage();
        Unpair::run($this->getDi());
        $this->getDi()['logger']->info('Disconnected the reseller service');
        return true;
    }

    /**
     * Saves the switches.
     *
     * @param array<string, mixed> $data `native_checkout`: a box that is not ticked is not sent
     */
    public function settings_save(array $data): bool
    {
        $this->mayManage();
        $settings = new Settings(in_array($data['native_checkout'] ?? false, [true, 1, '1', 'on', 'true'], true));
        Installation::of($this->getDi())->state()->put('settings', $settings->toStore());
        $this->getDi()['logger']->info('Changed the settings of the reseller programme');
        return true;
    }

    /** Pulls the price lists now. */
    public function prices_pull(): bool
    {
        $this->mayManage();
        $isConnected = Installation::of($this->getDi())->keys() !== null;
        if (!$isConnected) {
            throw new InformationException('Connect the service first.');
        }
        if (!PullPrices::run($this->getDi())) {
            $error = Status::of($this->getDi())['pull_error'] ?? '';
            throw new InformationException('The price lists could not be pulled. :error', [':error' => $error]);
        }
        return true;
    }

    /**
     * The panel of the page that is being drawn; null for nothing.
     *
     * @return array{data: array<string, string>, version: string}|null
     */
    public function panel(): ?array
    {
        $this->checkPermissions(Installation::MODULE, 'view');
        $path = RequestFactory::getRoutePath($this->getDi()['request']);
        return Panels::forStaff($this->getDi(), substr($path, strlen(ADMIN_PREFIX)));
    }

    private function mayManage(): void
    {
        $this->checkPermissions(Installation::MODULE, 'manage_settings');
    }

    /** @param array<string, mixed> $data */
    private static function text(#[\SensitiveParameter] array $data, string $name): string
    {
        $value = $data[$name] ?? '';
        return is_string($value) ? $value : '';
    }
}
