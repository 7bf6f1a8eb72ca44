<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * Content hashes: SHA-256 over a name of the format, a line feed, and the object as JSON without white space, without
 * the field that holds the hash. Keys stand in the order written below, absent optional fields are left out. A field
 * that is added to the contract later is not part of a hash until the number in the format's name grows, so that ends
 * of different age agree. All arguments are as PriceListFormat gives them.
 */
final class ContentHash
{
    /**
     * The hash of a chunk: all of it but `hash`; rows, components and omissions in the order they stand.
     *
     * @param array<string, mixed> $chunk
     */
    public static function ofChunk(array $chunk): string
    {
        return self::hash('price-chunk/1', [
            'product' => $chunk['product'],
            'components' => array_map(self::component(...), $chunk['components']),
            'rows' => array_map(self::row(...), $chunk['rows']),
            'omitted' => array_map(
                static fn (array $each): array => self::pick($each, ['component', 'term', 'currency', 'reason']),
                $chunk['omitted'],
            ),
        ]);
    }

    /**
     * The hash of a page: its entries in the order they stand.
     *
     * @param array<string, mixed> $page
     */
    public static function ofPage(array $page): string
    {
        $pick = static fn (array $entry): array => self::pick($entry, ['product', 'chunk']);
        return self::hash('price-list-page/1', ['entries' => array_map($pick, $page['entries'])]);
    }

    /**
     * The hash of a list: the hashes of its pages in order.
     *
     * @param array<string, mixed> $list
     */
    public static function ofList(array $list): string
    {
        return self::hash('price-list/1', ['pages' => $list['pages']]);
    }

    /**
     * The revision of an index: all of it but `revision` and `at`, because making the same index again at a later
     * moment is no change that a bridge has to pull.
     *
     * @param array<string, mixed> $index
     */
    public static function ofIndex(array $index): string
    {
        return self::hash('price-index/1', [
            'format' => $index['format'],
            'programme' => $index['programme'],
            'coupons' => $index['coupons'],
            'currencies' => array_map(
                static fn (array $each): array => self::pick($each, ['code', 'digits']),
                $index['currencies'],
            ),
            'catalogueTax' => $index['catalogueTax'],
            'setupPerQuantity' => $index['setupPerQuantity'],
            'refuseAfterSeconds' => $index['refuseAfterSeconds'],
            'entries' => array_map(self::entry(...), $index['entries']),
        ]);
    }

    /**
     * @param array<string, mixed> $component
     * @return array<string, mixed>
     */
    private static function component(array $component): array
    {
        $content = self::pick($component, ['id', 'kind']);
        $option = $component['option'] ?? null;
        if ($option !== null) {
            $content['option'] = self::pick($option, match ($option['type']) {
                'choice' => ['id', 'type', 'choice', 'required'],
                'quantity' => ['id', 'type', 'min', 'max'],
                default => ['id', 'type'],
            });
        }
        return $content;
    }

    /**
     * @param array<string, mixed> $row
     * @return array<string, mixed>
     */
    private static function row(array $row): array
    {
        return [
            'component' => $row['component'],
            'term' => $row['term'],
            'currency' => $row['currency'],
            'charge' => $row['charge'],
            'retail' => $row['retail'],
            'wholesale' => $row['wholesale'],
            'source' => $row['source'],
            'bp' => $row['bp'],
            'adjusted' => $row['adjusted'],
        ];
    }

    /**
     * @param array<string, mixed> $entry
     * @return array<string, mixed>
     */
    private static function entry(array $entry): array
    {
        $content = self::pick($entry, ['clientId', 'resellerId', 'state', 'publicReason']);
        $pick = static fn (array $list): array => self::pick($list, ['hash', 'validFrom', 'validUntil']);
        $content['lists'] = array_map($pick, $entry['lists']);
        return $content;
    }

    /**
     * @param array<string, mixed> $values
     * @param list<string> $names
     * @return array<string, mixed> these fields, in this order
     */
    private static function pick(array $values, array $names): array
    {
        $picked = [];
        foreach ($names as $name) {
            $picked[$name] = $values[$name];
        }
        return $picked;
    }

    /** @param array<string, mixed> $content */
    private static function hash(string $format, array $content): string
    {
        return 'sha256:' . hash('sha256', "{$format}\n" . Json::canonical($content));
    }
}
