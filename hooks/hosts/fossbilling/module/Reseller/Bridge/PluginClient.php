<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * The plugin over HTTP: POST …/hooks/v1/events and GET …/hooks/v1/price-lists/…, signed with the host's keys. Answers
 * are read field by field; content hashes are the caller's to check. Every failure is a PluginError.
 */
final readonly class PluginClient implements PluginPort
{
    private string $base;

    /**
     * @param string $baseUrl address of the plugin, without /hooks/v1
     * @param float $seconds for one request, reading the answer included
     * @param int $maxAnswerBytes longest answer
     * @param (\Closure(): int)|null $now the real clock in UTC milliseconds
     */
    public function __construct(
        string $baseUrl,
        private InstallationKeys $keys,
        private HttpTransport $http,
        private float $seconds = 10.0,
        private int $maxAnswerBytes = 33_554_432,
        private ?\Closure $now = null,
    ) {
        $this->base = rtrim($baseUrl, '/') . '/hooks/v1';
    }

    public function sendEvents(array $events): array
    {
        if (count($events) > Contract::MAX_EVENTS) {
            throw new PluginError(PluginErrorCode::Refused, 'At most 100 events at a time.');
        }
        $body = '{"events":[' . implode(',', $events) . ']}';
        $answer = $this->exchange("{$this->base}/events", 'events', $body);
        return self::read($answer, static fn (mixed $value): array => array_map(
            static fn (Fields $result): IntakeResult => new IntakeResult(
                $result->text('id'),
                $result->oneOf('outcome', ['applied', 'duplicate', 'stale', 'parked']),
                $result->has('message') ? $result->text('message', Patterns::UP_TO_300) : null,
            ),
            Fields::of($value)->objects('results', Contract::MAX_EVENTS),
        ));
    }

    public function pullIndex(?string $revision): ?array
    {
        $known = $revision === null ? [] : ['if-none-match' => "\"{$revision}\""];
        $answer = $this->exchange("{$this->base}/price-lists/index", 'price-lists.pull', null, $known);
        if ($answer->status === 304) {
            return null;
        }
        $index = self::read($answer, PriceListFormat::index(...));
        return $index['revision'] === $revision ? null : $index;
    }

    public function pullList(string $hash): array
    {
        return self::read($this->pull("lists/{$hash}"), PriceListFormat::list(...));
    }

    public function pullPage(string $hash): array
    {
        return self::read($this->pull("pages/{$hash}"), PriceListFormat::page(...));
    }

    public function pullChunks(array $hashes): array
    {
        if (count($hashes) > Contract::MAX_CHUNKS) {
            throw new PluginError(PluginErrorCode::Refused, 'At most 50 chunks at a time.');
        }
        // Hashes stand as they are, colon included: the path is signed, and proxies differ in what they encode.
        $query = implode('&', array_map(static fn (string $hash): string => "hash={$hash}", $hashes));
        return self::read($this->pull("chunks?{$query}"), static function (mixed $value): array {
            $chunks = is_array($value) ? ($value['chunks'] ?? null) : null;
            if (!is_array($chunks) || !array_is_list($chunks) || count($chunks) > Contract::MAX_CHUNKS) {
                throw new FieldFault('chunks: this must be an array of at most 50');
            }
            return array_map(PriceListFormat::chunk(...), $chunks);
        });
    }

    private function pull(string $path): HttpAnswer
    {
        return $this->exchange("{$this->base}/price-lists/{$path}", 'price-lists.pull', null);
    }

    /**
     * @param string|null $body null = GET
     * @param array<string, string> $headers
     */
    private function exchange(string $url, string $event, ?string $body, array $headers = []): HttpAnswer
    {
        $now = $this->now === null ? Moment::now() : ($this->now)();
        $headers += ['accept' => 'application/json'] + ($body === null ? [] : ['content-type' => 'application/json']);
        $headers += Signature::headers(
            $this->keys->installation,
            $this->keys->hostToPlugin,
            'msg_' . Uuid7::make($now),
            $event,
            $body ?? Signature::path($url),
            $now,
        );
        try {
            $method = $body === null ? 'GET' : 'POST';
            $answer = $this->http->send($method, $url, $headers, $body, $this->seconds, $this->maxAnswerBytes);
        } catch (\Throwable) {
            // The cause may name addresses and ports; callers show only that nobody answered.
            throw new PluginError(PluginErrorCode::Unreachable);
        }
        if (strlen($answer->body) > $this->maxAnswerBytes || preg_match('//u', $answer->body) !== 1) {
            throw new PluginError(PluginErrorCode::BadAnswer);
        }
        if (($answer->status >= 200 && $answer->status <= 299) || $answer->status === 304) {
            return $answer;
        }
        $reason = PluginErrorCode::ofStatus($answer->status);
        throw new PluginError($reason, self::words($answer->body), self::retryAfter($answer, $now));
    }

    /**
     * @template Value
     * @param callable(mixed): Value $read
     * @return Value
     */
    private static function read(HttpAnswer $answer, callable $read): mixed
    {
        try {
            return $read(Json::read($answer->body));
        } catch (FieldFault | \JsonException) {
            throw new PluginError(PluginErrorCode::BadAnswer);
        }
    }

    /** The message of an error body, cut to 300 characters; null when it has none of our shape. */
    private static function words(string $body): ?string
    {
        try {
            $error = Fields::of(Json::read($body))->object('error');
            $error->text('code');
            preg_match('/^.{0,300}/us', $error->text('message'), $cut);
            return $cut[0] ?? null;
        } catch (FieldFault | \JsonException) {
            return null;
        }
    }

    /** Seconds of a retry-after header, which holds seconds or a date. */
    private static function retryAfter(HttpAnswer $answer, int $nowMs): ?int
    {
        $value = $answer->headers['retry-after'] ?? '';
        if (preg_match('/^[0-9]{1,9}$/D', $value) === 1) {
            return (int) $value;
        }
        $at = \DateTimeImmutable::createFromFormat(\DATE_RFC7231, $value, new \DateTimeZone('UTC'));
        return $at === false ? null : max(0, $at->getTimestamp() - intdiv($nowMs, 1000));
    }
}
