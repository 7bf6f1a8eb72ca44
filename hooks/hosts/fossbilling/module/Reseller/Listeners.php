<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

/** The host's events that are listened to. */
trait Listeners
{
}
