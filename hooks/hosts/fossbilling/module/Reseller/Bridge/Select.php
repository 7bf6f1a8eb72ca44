<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Turns the chosen options of a line into components and their quantities (pricing rules 14 and 15). */
final class Select
{
    /**
     * @param list<Component> $components of the product
     * @param callable(string): bool $sold whether a component has a price in the line's term and currency
     */
    public static function of(array $components, OrderItem $line, callable $sold): Selection|Refusal
    {
        $options = self::options($components);
        foreach ($line->options as $name => $value) {
            $name = (string) $name;
            if (!isset($options[$name])) {
                $known = implode(', ', array_keys($options));
                $hint = $known === '' ? 'it has no options' : "its options are {$known}";
                return new Refusal(
                    RefusalCode::UnknownOption,
                    '/options' . Refusal::step($name),
                    "The product has no option \"{$name}\": {$hint}.",
                );
            }
        }
        $main = self::main($components, $line, $sold);
        if ($main instanceof Refusal) {
            return $main;
        }
        $chosen = $main->chosen;
        foreach ($options as $name => $members) {
            $choice = ChooseOption::of((string) $name, $members, $line->options[$name] ?? null, $line->term, $sold);
            if ($choice instanceof Refusal) {
                return $choice;
            }
            if ($choice !== null) {
                $chosen[] = $choice;
            }
        }
        if ($chosen === []) {
            $message = 'Nothing on this line has a price: choose at least one option.';
            return new Refusal(RefusalCode::NotOffered, '', $message);
        }
        usort($chosen, static fn ($left, $right): int => strcmp($left->component, $right->component));
        return new Selection($chosen, $main->renewal);
    }

    /**
     * @param list<Component> $components
     * @return array<array-key, non-empty-list<OptionMember>> the components that carry each option, by its id
     */
    private static function options(array $components): array
    {
        $options = [];
        foreach ($components as $component) {
            if ($component->option !== null) {
                $options[$component->option->id][] = new OptionMember($component->id, $component->option);
            }
        }
        return $options;
    }

    /**
     * Base and add-on components always; of a domain's components the one that the action names.
     *
     * @param list<Component> $components
     * @param callable(string): bool $sold
     */
    private static function main(array $components, OrderItem $line, callable $sold): Selection|Refusal
    {
        $isDomain = in_array('domain', array_map(static fn ($each): string => $each->kind, $components), true);
        if ($line->action !== null && !$isDomain) {
            return new Refusal(RefusalCode::UnknownOption, '/action', 'Only a domain has an action: leave it out.');
        }
        $action = $line->action ?? 'register';
        $wanted = [];
        foreach ($components as $component) {
            $always = $component->kind === 'base' || $component->kind === 'addon';
            if ($always || ($component->kind === 'domain' && $component->id === $action)) {
                $wanted[] = $component->id;
            }
        }
        if ($isDomain && !in_array($action, $wanted, true)) {
            $message = "This domain cannot be bought with the action \"{$action}\".";
            return new Refusal(RefusalCode::NotOffered, '/action', $message);
        }
        foreach ($wanted as $id) {
            if (!$sold($id)) {
                $message = "\"{$id}\" has no price in the term {$line->term}: choose another term.";
                return new Refusal(RefusalCode::NotOffered, '/term', $message);
            }
        }
        if ($isDomain && !$sold('renew')) {
            $message = "This domain has no renewal price in the term {$line->term}.";
            return new Refusal(RefusalCode::NotOffered, '/term', $message);
        }
        $chosen = array_map(static fn (string $id) => new ChosenComponent($id, 1), $wanted);
        return new Selection($chosen, $isDomain ? 'renew' : null);
    }
}
