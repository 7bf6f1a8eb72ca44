<?php

declare(strict_types=1);

/** Counts what passed and what failed; a failure is printed with both values. */
final class Checks
{
    private int $passed = 0;
    private int $failed = 0;

    /** One check: passes unless it throws. */
    public function that(string $name, callable $check): void
    {
        try {
            $check();
            $this->passed += 1;
        } catch (\Throwable $error) {
            $this->failed += 1;
            $class = $error instanceof UnexpectedValueException ? '' : $error::class . ' ';
            $where = basename($error->getFile()) . ':' . $error->getLine();
            echo "FAILED {$name}\n  {$class}{$error->getMessage()} ({$where})\n";
        }
    }

    /** Prints the totals. @return int exit code */
    public function finish(): int
    {
        echo "{$this->passed} passed, {$this->failed} failed\n";
        return $this->failed === 0 ? 0 : 1;
    }

    public static function same(mixed $expected, mixed $actual): void
    {
        if ($expected !== $actual) {
            $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PARTIAL_OUTPUT_ON_ERROR;
            $texts = [json_encode($expected, $flags), json_encode($actual, $flags)];
            throw new UnexpectedValueException("wanted {$texts[0]}\n  saw    {$texts[1]}");
        }
    }

    /** True if every field of the expected value is in the actual one; lists must have the same length. */
    public static function contains(mixed $actual, mixed $expected): bool
    {
        if (!is_array($expected)) {
            return $actual === $expected;
        }
        if (!is_array($actual) || (array_is_list($expected) && count($actual) !== count($expected))) {
            return false;
        }
        foreach ($expected as $name => $value) {
            if (!array_key_exists($name, $actual) || !self::contains($actual[$name], $value)) {
                return false;
            }
        }
        return true;
    }

    public static function hasAll(mixed $expected, mixed $actual): void
    {
        if (!self::contains($actual, $expected)) {
            self::same($expected, $actual);
        }
    }

    /**
     * @param class-string<\Throwable> $class
     * @return \Throwable what was thrown
     */
    public static function throws(string $class, callable $action): \Throwable
    {
        try {
            $action();
        } catch (\Throwable $error) {
            return $error instanceof $class ? $error : throw $error;
        }
        throw new UnexpectedValueException("wanted {$class}, nothing was thrown");
    }
}
