<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Why a plugin did not take or give what a bridge asked for. */
enum PluginErrorCode: string
{
    case Unreachable = 'unreachable';
    case Unavailable = 'unavailable';
    case RateLimited = 'rate_limited';
    case Conflict = 'conflict';
    case Unauthorised = 'unauthorised';
    case BadAnswer = 'bad_answer';
    case Refused = 'refused';
    case NotFound = 'not_found';
    case Gone = 'gone';

    /**
     * True when the same message may be sent again. `unauthorised` and `bad_answer` are: they come from the set-up of
     * one end, and the message is as good as before once a person has mended it.
     */
    public function isRetryable(): bool
    {
        return !in_array($this, [self::Refused, self::NotFound, self::Gone], true);
    }

    public function about(): string
    {
        return match ($this) {
            self::Unreachable => 'The plugin did not answer in time.',
            self::Unavailable => 'The plugin cannot serve now.',
            self::RateLimited => 'The plugin asks to slow down.',
            self::Conflict => 'The plugin is busy with the same thing, or speaks another contract version.',
            self::Unauthorised => 'The plugin refused the signature: check keys and clocks.',
            self::BadAnswer => 'The answer of the plugin does not fit the contract.',
            self::Refused => 'The plugin refused the request as it is.',
            self::NotFound => 'The plugin does not know this address or object.',
            self::Gone => 'The plugin was removed here.',
        };
    }

    /** The code for an HTTP status that is not 2xx. */
    public static function ofStatus(int $status): self
    {
        return match (true) {
            $status === 401, $status === 403 => self::Unauthorised,
            $status === 404 => self::NotFound,
            $status === 409 => self::Conflict,
            $status === 410 => self::Gone,
            $status === 429 => self::RateLimited,
            $status >= 500, $status === 408, $status === 425 => self::Unavailable,
            // Redirects are not followed: a signed body must not end at an address nobody paired.
            $status < 400 => self::BadAnswer,
            default => self::Refused,
        };
    }
}
