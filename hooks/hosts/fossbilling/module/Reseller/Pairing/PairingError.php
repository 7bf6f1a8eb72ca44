<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Pairing;

/** Pairing did not come about. The message is for the admin: what is wrong and what to do; no code, key or token. */
final class PairingError extends \RuntimeException
{
}
