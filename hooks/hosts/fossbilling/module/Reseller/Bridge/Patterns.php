<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** The forms of texts in the contract between host and plugin. */
final class Patterns
{
    /** Decimal amount as text, such as "12.40" or "-3". */
    public const AMOUNT = '/^-?[0-9]{1,15}(\.[0-9]{1,8})?$/D';
    /** ISO 4217 code. */
    public const CURRENCY = '/^[A-Z]{3}$/D';
    /** "once", or count and unit such as "1M". */
    public const TERM = '/^(once|[1-9][0-9]{0,2}[DWMY])$/D';
    /** SHA-256 with its name. */
    public const HASH = '/^sha256:[0-9a-f]{64}$/D';
    /** A calendar day. */
    public const DAY = '/^\d{4}-\d\d-\d\d$/D';
    /** An identifier of the host. */
    public const ID = '/^.{1,120}$/usD';
    public const UP_TO_120 = '/^.{0,120}$/usD';
    public const UP_TO_253 = '/^.{0,253}$/usD';
    public const UP_TO_300 = '/^.{0,300}$/usD';
    public const UP_TO_2000 = '/^.{0,2000}$/usD';
    /** Any text in UTF-8. */
    public const ANY = '//u';
}
