<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * The host's side of the calls: answers POST …/bridge/v1/<name>. Checks method, size (2 MiB), signature and contract
 * version, refuses a request that was served already, then lets the call's handler answer. A HostError becomes its
 * status; a FieldFault of a handler becomes 400; any other error becomes 500 with a reference and no details.
 */
final readonly class ServeCall
{
    /** Longest request body: the largest call carries 500 locks or 100 priced lines. */
    private const MAX_BYTES = 2_097_152;

    /**
     * @param array<string, callable(Fields): mixed> $handlers by name of the call: gets the request, gives the answer in
     *     the form of the contract. A call without a handler is not supported here.
     * @param (\Closure(string, string, \Throwable): void)|null $onError told what the caller was not: the reference that
     *     the caller was given, the call, the error
     */
    public function __construct(
        private InstallationKeys $keys,
        private ReplayGuard $replays,
        private array $handlers,
        private ?\Closure $onError = null,
    ) {
    }

    /**
     * @param string $path of the request, without its query
     * @param array<string, string> $headers names in any case
     * @param string $body as it came, before anything parsed it
     * @param int $nowMs the real clock in UTC milliseconds
     */
    public function answer(string $method, string $path, array $headers, string $body, int $nowMs): CallAnswer
    {
        $start = strrpos($path, '/bridge/v1/');
        $name = $start === false ? '' : substr($path, $start + strlen('/bridge/v1/'));
        try {
            $failure = $this->check($method, $name, array_change_key_case($headers), $body, $nowMs);
            return $failure === null
                ? CallAnswer::ok($this->run($name, $body))
                : CallAnswer::error($failure->status(), $failure->value, $failure->message());
        } catch (HostError $error) {
            $reason = $error->reason;
            return CallAnswer::error($reason->status(), $reason->value, $error->getMessage(), $error->retryAfterSeconds);
        } catch (\Throwable $error) {
            $reference = 'err_' . Uuid7::make($nowMs);
            if ($this->onError !== null) {
                ($this->onError)($reference, $name, $error);
            }
            return CallAnswer::error(500, 'internal', "The host could not do this. Reference: {$reference}");
        }
    }

    /** @param array<string, string> $headers names in lower case */
    private function check(string $method, string $name, array $headers, string $body, int $nowMs): ?VerifyFailure
    {
        if ($method !== 'POST') {
            return VerifyFailure::MethodNotAllowed;
        }
        if (strlen($body) > self::MAX_BYTES) {
            return VerifyFailure::TooLarge;
        }
        if (preg_match('//u', $body) !== 1) {
            return VerifyFailure::BadRequest;
        }
        $prefix = Signature::callPrefix($name);
        $ring = $this->keys->pluginToHost;
        $message = Signature::verify($this->keys->installation, $ring, $headers, $body, $nowMs, $prefix);
        if ($message instanceof VerifyFailure) {
            return $message;
        }
        return $this->replays->admit($message->id, $message->timestampMs, $nowMs) ? null : VerifyFailure::Replayed;
    }

    private function run(string $name, string $body): mixed
    {
        if (!in_array($name, Contract::CALLS, true)) {
            throw new HostError(HostErrorCode::NotFound, 'There is no call of this name.');
        }
        $handler = $this->handlers[$name]
            ?? throw new HostError(HostErrorCode::NotSupported, "This host has no {$name}.");
        try {
            $request = Json::read($body);
        } catch (\JsonException) {
            throw new HostError(HostErrorCode::BadRequest, 'The body is not JSON.');
        }
        try {
            return $handler(Fields::of($request));
        } catch (FieldFault $fault) {
            throw new HostError(HostErrorCode::BadRequest, $fault->getMessage());
        }
    }
}
