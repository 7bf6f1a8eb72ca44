<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** A field of a message is missing or of another form. The message names where and what rule, never the value. */
final class FieldFault extends \UnexpectedValueException
{
}
