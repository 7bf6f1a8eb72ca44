<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Brings the bridge's price lists up to date. For the host's cron and for prices.publish, never inside a checkout. */
final class PullPriceLists
{
    /**
     * The index if it changed, then only those lists, pages and chunks that are not held. Every content hash is computed
     * again; everything is written at once, or nothing at all.
     *
     * @param int $nowMs the host's clock in UTC milliseconds: the moment up to which the lists count as confirmed
     * @throws PluginError when the plugin cannot be asked, or something it sent is not what its hash says
     */
    public static function run(Store $store, PluginPort $plugin, int $nowMs): PullReport
    {
        $revision = $store->readHead()?->revision;
        $index = $plugin->pullIndex($revision);
        if ($index === null) {
            $store->confirmIndex($nowMs);
            return new PullReport(false);
        }
        self::requireHash('index', ContentHash::ofIndex($index), $index['revision']);
        $update = self::pullMissing($store, $plugin, $index, $nowMs);
        // False: another pull replaced what this one counted on as held. It is at least as new, so it stands.
        return $store->writeIndex($update, $revision)
            ? new PullReport(true, count($update->lists), count($update->pages), count($update->chunks))
            : new PullReport(false);
    }

    /** @param array<string, mixed> $index */
    private static function pullMissing(Store $store, PluginPort $plugin, array $index, int $nowMs): PriceListUpdate
    {
        $lists = [];
        $named = array_merge(...array_column($index['entries'], 'lists'));
        foreach (self::missing($store, array_column($named, 'hash')) as $hash) {
            $list = $plugin->pullList($hash);
            self::requireHash('list', ContentHash::ofList($list), $hash, $list['hash']);
            $lists[$hash] = $list['pages'];
        }
        $pages = [];
        foreach (self::missing($store, array_merge(...array_values($lists))) as $hash) {
            $page = $plugin->pullPage($hash);
            self::requireHash('page', ContentHash::ofPage($page), $hash, $page['hash']);
            $pages[$hash] = $page['entries'];
        }
        $entries = array_merge(...array_values($pages));
        $products = [];
        foreach ($entries as ['product' => $product, 'chunk' => $chunk]) {
            // A page that names another product's chunk would sell one product at another's price.
            if (($products[$chunk] ?? $product) !== $product) {
                throw self::otherProduct($chunk);
            }
            $products[$chunk] = $product;
        }
        $missing = self::missing($store, array_column($entries, 'chunk'));
        $chunks = self::pullChunks($plugin, $missing, $products);
        return new PriceListUpdate($index, $nowMs, $lists, $pages, $chunks);
    }

    /**
     * @param list<string> $hashes
     * @param array<string, string> $products the product that each chunk must price
     * @return array<string, string> JSON by hash
     */
    private static function pullChunks(PluginPort $plugin, array $hashes, array $products): array
    {
        $chunks = [];
        foreach (array_chunk($hashes, Contract::MAX_CHUNKS) as $batch) {
            $answered = array_column($plugin->pullChunks($batch), null, 'hash');
            foreach ($batch as $hash) {
                $chunk = $answered[$hash]
                    ?? throw self::badAnswer("The plugin did not send the chunk {$hash}.");
                self::requireHash('chunk', ContentHash::ofChunk($chunk), $hash);
                if ($chunk['product'] !== $products[$hash]) {
                    throw self::otherProduct($hash);
                }
                $chunks[$hash] = Json::stored($chunk);
            }
        }
        return $chunks;
    }

    /**
     * @param list<string> $hashes
     * @return list<string> those that are not held, each once
     */
    private static function missing(Store $store, array $hashes): array
    {
        $wanted = array_values(array_unique($hashes));
        $held = $store->heldHashes($wanted);
        return array_values(array_filter($wanted, static fn (string $hash): bool => !isset($held[$hash])));
    }

    private static function requireHash(string $what, string $computed, string ...$stated): void
    {
        foreach ($stated as $hash) {
            if ($hash !== $computed) {
                throw self::badAnswer("The {$what} {$stated[0]} is not what its hash says: nothing was stored.");
            }
        }
    }

    private static function otherProduct(string $chunk): PluginError
    {
        return self::badAnswer("The chunk {$chunk} prices another product than its page says.");
    }

    private static function badAnswer(string $message): PluginError
    {
        return new PluginError(PluginErrorCode::BadAnswer, $message);
    }
}
