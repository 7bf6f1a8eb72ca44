<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * Reads what the plugin sends of price lists: known fields only, each of its form. Hashes are not checked here.
 * Every method throws FieldFault.
 */
final class PriceListFormat
{
    private const KINDS = ['base', 'option', 'addon', 'domain'];

    /** @return array<string, mixed> index in the form of the contract */
    public static function index(mixed $value): array
    {
        $index = Fields::of($value);
        return [
            'format' => $index->oneOf('format', ['price-index/1']),
            'revision' => $index->text('revision', Patterns::HASH),
            'at' => $index->moment('at'),
            'programme' => $index->oneOf('programme', ['on', 'off']),
            'coupons' => $index->oneOf('coupons', ['refuse', 'allow']),
            'currencies' => array_map(static fn (Fields $each): array => [
                'code' => $each->text('code', Patterns::CURRENCY),
                'digits' => $each->int('digits', 0, 8),
            ], $index->objects('currencies')),
            'catalogueTax' => $index->oneOf('catalogueTax', ['net', 'gross']),
            'setupPerQuantity' => $index->bool('setupPerQuantity'),
            'refuseAfterSeconds' => $index->int('refuseAfterSeconds', 60),
            'entries' => array_map(self::entry(...), $index->objects('entries')),
        ];
    }

    /** @return array{hash: string, pages: list<string>} */
    public static function list(mixed $value): array
    {
        $list = Fields::of($value);
        return ['hash' => $list->text('hash', Patterns::HASH), 'pages' => $list->texts('pages', Patterns::HASH)];
    }

    /** @return array{hash: string, entries: list<array{product: string, chunk: string}>} */
    public static function page(mixed $value): array
    {
        $page = Fields::of($value);
        return [
            'hash' => $page->text('hash', Patterns::HASH),
            'entries' => array_map(static fn (Fields $each): array => [
                'product' => $each->id('product'),
                'chunk' => $each->text('chunk', Patterns::HASH),
            ], $page->objects('entries')),
        ];
    }

    /** @return array<string, mixed> chunk in the form of the contract */
    public static function chunk(mixed $value): array
    {
        $chunk = Fields::of($value);
        return [
            'hash' => $chunk->text('hash', Patterns::HASH),
            'product' => $chunk->id('product'),
            'components' => array_map(self::component(...), $chunk->objects('components')),
            'rows' => array_map(self::row(...), $chunk->objects('rows')),
            'omitted' => array_map(static fn (Fields $each): array => [
                'component' => $each->text('component'),
                'term' => $each->text('term', Patterns::TERM),
                'currency' => $each->text('currency', Patterns::CURRENCY),
                'reason' => $each->text('reason'),
            ], $chunk->objects('omitted')),
        ];
    }

    /** @return array<string, mixed> */
    private static function entry(Fields $entry): array
    {
        return [
            'clientId' => $entry->id('clientId'),
            'resellerId' => $entry->text('resellerId'),
            'state' => $entry->oneOf('state', ['active', 'suspended', 'inactive', 'terminated']),
            'publicReason' => $entry->nullableText('publicReason'),
            'lists' => array_map(static fn (Fields $each): array => [
                'hash' => $each->text('hash', Patterns::HASH),
                'validFrom' => $each->moment('validFrom'),
                'validUntil' => $each->nullableMoment('validUntil'),
            ], $entry->objects('lists')),
        ];
    }

    /** @return array<string, mixed> */
    private static function component(Fields $component): array
    {
        $content = ['id' => $component->text('id'), 'kind' => $component->oneOf('kind', self::KINDS)];
        if ($component->has('option')) {
            $content['option'] = self::option($component->object('option'));
        }
        return $content;
    }

    /** @return array<string, mixed> */
    private static function option(Fields $option): array
    {
        $content = ['id' => $option->id('id'), 'type' => $option->oneOf('type', ['choice', 'quantity', 'flag'])];
        if ($content['type'] === 'choice') {
            $content['choice'] = $option->text('choice', Patterns::UP_TO_120);
            $content['required'] = $option->bool('required');
        }
        if ($content['type'] === 'quantity') {
            $content['min'] = $option->int('min', 0);
            $content['max'] = $option->int('max', 0);
        }
        return $content;
    }

    /** @return array<string, mixed> */
    private static function row(Fields $row): array
    {
        return [
            'component' => $row->text('component'),
            'term' => $row->text('term', Patterns::TERM),
            'currency' => $row->text('currency', Patterns::CURRENCY),
            'charge' => $row->oneOf('charge', ['price', 'setup']),
            'retail' => $row->text('retail', Patterns::AMOUNT),
            'wholesale' => $row->text('wholesale', Patterns::AMOUNT),
            'source' => $row->text('source'),
            'bp' => $row->nullableInt('bp', PHP_INT_MIN),
            'adjusted' => $row->isNull('adjusted') ? null : $row->oneOf('adjusted', ['floor', 'retail_cap']),
        ];
    }
}
