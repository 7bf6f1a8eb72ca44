<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** The component that one option adds to a line (pricing rule 14). */
final class ChooseOption
{
    /**
     * Null when the option is not chosen.
     *
     * @param non-empty-list<OptionMember> $members the components that carry the option: one per choice, or a single one
     * @param string|int|float|bool|null $value what the order says; null = nothing
     * @param callable(string): bool $sold whether a component has a price in the line's term and currency
     */
    public static function of(
        string $name,
        array $members,
        string|int|float|bool|null $value,
        string $term,
        callable $sold,
    ): ChosenComponent|Refusal|null {
        $path = '/options' . Refusal::step($name);
        $required = false;
        $anySold = false;
        foreach ($members as $member) {
            $required = $required || $member->option->isRequired();
            $anySold = $anySold || $sold($member->component);
        }
        if ($required && !$anySold) {
            $message = "The required option \"{$name}\" has no price in the term {$term}: choose another term.";
            return new Refusal(RefusalCode::NotOffered, '/term', $message);
        }
        if ($value === null) {
            $message = "Give the option \"{$name}\": " . self::expected($members) . '.';
            return $required ? new Refusal(RefusalCode::OptionRequired, $path, $message) : null;
        }
        $choice = match ($members[0]->option->type) {
            'quantity' => self::quantity($name, $members, $value, $path),
            'flag' => self::flag($name, $members[0], $value, $path, $required),
            default => self::choice($name, $members, $value, $path),
        };
        if ($choice instanceof ChosenComponent && !$sold($choice->component)) {
            $message = "\"{$choice->component}\" is not sold in the term {$term}: choose another.";
            return new Refusal(RefusalCode::NotOffered, $path, $message);
        }
        return $choice;
    }

    /** @param non-empty-list<OptionMember> $members */
    private static function choice(
        string $name,
        array $members,
        string|int|float|bool $value,
        string $path,
    ): ChosenComponent|Refusal {
        foreach ($members as $member) {
            if ($member->option->type === 'choice' && $member->option->choice === $value) {
                return new ChosenComponent($member->component, 1);
            }
        }
        $said = is_bool($value) ? ($value ? 'true' : 'false') : (string) $value;
        $message = "The option \"{$name}\" has no choice \"{$said}\": give " . self::expected($members) . '.';
        return new Refusal(RefusalCode::UnknownOption, $path, $message);
    }

    private static function flag(
        string $name,
        OptionMember $member,
        string|int|float|bool $value,
        string $path,
        bool $required,
    ): ChosenComponent|Refusal|null {
        if ($value === true || $value === 1 || $value === 1.0) {
            return new ChosenComponent($member->component, 1);
        }
        if ($value !== false && $value !== 0 && $value !== 0.0) {
            $message = "The option \"{$name}\" is a switch: give true or false.";
            return new Refusal(RefusalCode::QuantityOutOfRange, $path, $message);
        }
        $message = "The option \"{$name}\" must be true.";
        return $required ? new Refusal(RefusalCode::OptionRequired, $path, $message) : null;
    }

    /** @param non-empty-list<OptionMember> $members */
    private static function quantity(
        string $name,
        array $members,
        string|int|float|bool $value,
        string $path,
    ): ChosenComponent|Refusal|null {
        $option = $members[0]->option;
        $count = WholeNumber::of($value);
        if ($count === null || $count < $option->lowest() || $count > $option->max) {
            $message = "The option \"{$name}\" takes " . self::expected($members) . '.';
            return new Refusal(RefusalCode::QuantityOutOfRange, $path, $message);
        }
        return $count === 0 ? null : new ChosenComponent($members[0]->component, $count);
    }

    /** @param non-empty-list<OptionMember> $members */
    private static function expected(array $members): string
    {
        $option = $members[0]->option;
        return match ($option->type) {
            'quantity' => "a whole number from {$option->lowest()} to {$option->max}",
            'flag' => 'true or false',
            default => 'one of ' . implode(', ', array_map(static fn ($each) => $each->option->choice, $members)),
        };
    }
}
