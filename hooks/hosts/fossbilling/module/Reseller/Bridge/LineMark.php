<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What is done with an invoice line that is not corrected. */
enum LineMark
{
    /** Leave it. */
    case Pass;
    /** Hold the invoice: nobody can say what the line should cost. */
    case Hold;
}
