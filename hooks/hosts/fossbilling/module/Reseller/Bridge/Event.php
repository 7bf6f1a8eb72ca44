<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Something that happened in the host, as the contract tells it. It is written once and sent as it was written. */
final readonly class Event
{
    /**
     * @param string $id unique for ever, also over retries: the receiver's key against duplicates
     * @param string $aggregate what it is about, "type:id": events of one aggregate are delivered in order
     * @param string $json the whole event
     */
    private function __construct(
        public string $id,
        public string $aggregate,
        public int $occurredAtMs,
        public string $json,
    ) {
    }

    /**
     * Makes an event with an id of its own, in order of time.
     *
     * @param string $type one of Contract::EVENTS
     * @param string $aggregateType one of Contract::AGGREGATES
     * @param int $version grows with each change of that object; older state events are dropped by the plugin
     * @param array<string, mixed> $data in the form of the contract; maps such as chosen options as objects
     * @param int $nowMs the host's clock in UTC milliseconds
     * @throws \InvalidArgumentException for a type that the contract lacks: a bug of the bridge, to be found here
     */
    public static function make(
        string $type,
        string $aggregateType,
        string $aggregateId,
        int $version,
        array $data,
        int $nowMs,
    ): self {
        if (!in_array($type, Contract::EVENTS, true) || !in_array($aggregateType, Contract::AGGREGATES, true)) {
            throw new \InvalidArgumentException("The contract has no event {$type} about {$aggregateType}.");
        }
        $id = 'evt_' . Uuid7::make($nowMs);
        $json = Json::message([
            'id' => $id,
            'type' => $type,
            'contract' => Contract::VERSION,
            'occurredAt' => Moment::text($nowMs),
            'aggregate' => ['type' => $aggregateType, 'id' => $aggregateId, 'version' => $version],
            'data' => (object) $data,
        ]);
        return new self($id, "{$aggregateType}:{$aggregateId}", $nowMs, $json);
    }
}
