<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Codes a host may answer a call with. */
enum HostErrorCode: string
{
    case Unavailable = 'unavailable';
    case RateLimited = 'rate_limited';
    case NotSupported = 'not_supported';
    case NotFound = 'not_found';
    case Conflict = 'conflict';
    case Refused = 'refused';
    case BadRequest = 'bad_request';

    /** HTTP status of the answer. */
    public function status(): int
    {
        return match ($this) {
            self::Unavailable => 503,
            self::RateLimited => 429,
            self::NotSupported => 501,
            self::NotFound => 404,
            self::Conflict => 409,
            self::Refused => 422,
            self::BadRequest => 400,
        };
    }
}
