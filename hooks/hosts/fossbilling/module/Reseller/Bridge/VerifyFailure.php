<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Why a message is not accepted. Texts are fixed: nothing of the request is in them. */
enum VerifyFailure: string
{
    case MethodNotAllowed = 'method_not_allowed';
    case TooLarge = 'too_large';
    case BadRequest = 'bad_request';
    case UnknownInstallation = 'unknown_installation';
    case TooOld = 'too_old';
    case TooNew = 'too_new';
    case Unauthorised = 'unauthorised';
    case Replayed = 'replayed';
    case UnknownContract = 'unknown_contract';

    /** HTTP status of the answer. */
    public function status(): int
    {
        return match ($this) {
            self::MethodNotAllowed => 405,
            self::TooLarge => 413,
            self::BadRequest => 400,
            self::UnknownContract => 409,
            default => 401,
        };
    }

    public function message(): string
    {
        return match ($this) {
            self::MethodNotAllowed => 'This address takes another method.',
            self::TooLarge => 'The body is too large.',
            self::BadRequest => 'The body is not UTF-8 text.',
            self::UnknownInstallation => 'This installation is not known here: pair the bridge again.',
            self::TooOld => 'The timestamp is more than five minutes old: check both clocks.',
            self::TooNew => 'The timestamp is more than five minutes ahead: check both clocks.',
            self::Unauthorised => 'The signature is missing or wrong.',
            self::Replayed => 'This request was served already.',
            self::UnknownContract => 'This version of the contract is not spoken here: update the older end.',
        };
    }
}
