import ByteText
import SimTime
public import TailnetModel

/// Writes the simulation's flow records as text, from the ready-made fragments of a directory.
///
/// The fast path: no allocation a record, one comparison against an upper bound a block, everything else without checks. `FlowLogCodec` writes the same bytes from `FlowLog` values.
public struct FlowRecordEncoder: Sendable {
    /// The text that the records are made of.
    public let directory: NodeDirectory
    /// The form of the records.
    public let channel: Channel
    private var stamps = FlowStamps()

    /// Makes an encoder for one channel.
    public init(directory: NodeDirectory, channel: Channel) {
        self.directory = directory
        self.channel = channel
    }

    /// Appends all records of a batch to `output`, each with a newline behind it.
    public mutating func encode(_ batch: FlowRecordBatch, into output: inout EncodedRecords) {
        let order = batch.heads.indices.map { FlowRecordPlace(batch: 0, record: UInt32($0)) }
        encode([batch], order: order[...], into: &output)
    }

    /// Appends records of several batches in a given order to `output`, each with a newline behind it.
    ///
    /// The text is written once, where it stays. The indices in the batches must be those of the directory and of the
    /// batches' own arrays; they are not checked.
    public mutating func encode(
        _ batches: [FlowRecordBatch], order: ArraySlice<FlowRecordPlace>, into output: inout EncodedRecords
    ) {
        var stamps = stamps
        let channel = channel
        withText { text in
            withSources(batches, text) { sources in
                var bound = 0
                for place in order {
                    let source = sources[Int(place.batch)]
                    bound += FlowRecordEncoder.bound(source.heads[Int(place.record)], source)
                }
                output.appendAll(atMost: bound) { cursor, index in
                    for place in order {
                        let source = sources[Int(place.batch)]
                        let head = source.heads[Int(place.record)]
                        if channel == .stream {
                            cursor.putFlowEnvelope(head, source, &stamps)
                        } else {
                            cursor.putFlowRecord(head, source, &stamps)
                        }
                        index.add(logged: head.logged, endingAt: cursor)
                    }
                }
            }
        }
        self.stamps = stamps
    }

    /// The most bytes that a record takes on any channel, its newline included.
    private static func bound(_ head: FlowRecordHead, _ source: FlowSource) -> Int {
        source.text.longestHead + Int(head.entryCount) * entryBound + Int(head.peerCount) * source.text.longestEntry
            + fixedBound
    }

    /// The envelope, timestamps, the names of the arrays, brackets, newline; rounded up.
    private static let fixedBound = 384

    /// The most bytes of an entry of a traffic array with the comma behind it.
    ///
    /// `{"proto":255`, two times `,"src":"[…]:65535"` with 39 bytes of address, two times each `,"txPkts":` and
    /// `,"txBytes":` with 20 digits, `},`.
    static let entryBound = 12 + 2 * (8 + 41 + 6 + 1) + 2 * (10 + 20) + 2 * (11 + 20) + 2

    private func withText(_ body: (FlowText) -> Void) {
        directory.text.withUnsafeBytes { text in
            directory.fragments.withUnsafeBufferPointer { fragments in
                directory.ipv4.withUnsafeBufferPointer { ipv4 in
                    directory.ipv6.withUnsafeBufferPointer { ipv6 in
                        body(
                            FlowText(
                                text: text, fragments: fragments, ipv4: ipv4, ipv6: ipv6,
                                longestHead: directory.longestHead, longestEntry: directory.longestEntry))
                    }
                }
            }
        }
    }

    /// Calls `body` with the memory of all batches, which is held fast one batch after the other.
    private func withSources(
        _ batches: [FlowRecordBatch], _ text: FlowText, _ sources: [FlowSource] = [], _ body: ([FlowSource]) -> Void
    ) {
        guard sources.count < batches.count else { return body(sources) }
        let batch = batches[sources.count]
        batch.heads.withUnsafeBufferPointer { heads in
            batch.entries.withUnsafeBufferPointer { entries in
                batch.peers.withUnsafeBufferPointer { peers in
                    let source = FlowSource(text: text, heads: heads, entries: entries, peers: peers)
                    withSources(batches, text, sources + [source], body)
                }
            }
        }
    }
}

/// Where a record is: in which batch, and at which place.
public struct FlowRecordPlace: Hashable, Sendable, BitwiseCopyable {
    public var batch: UInt32
    public var record: UInt32

    /// Makes a place.
    @inlinable
    public init(batch: UInt32, record: UInt32) {
        self.batch = batch
        self.record = record
    }
}

/// The memory of a directory's text.
struct FlowText {
    let text: UnsafeRawBufferPointer
    let fragments: UnsafeBufferPointer<NodeFragments>
    let ipv4: UnsafeBufferPointer<TextSlot>
    let ipv6: UnsafeBufferPointer<TextSlot>
    let longestHead: Int
    let longestEntry: Int
}

/// The memory that the records of one batch are written from.
struct FlowSource {
    let text: FlowText
    let heads: UnsafeBufferPointer<FlowRecordHead>
    let entries: UnsafeBufferPointer<FlowEntry>
    let peers: UnsafeBufferPointer<UInt32>
}

/// The timestamp caches of the three roles in a flow record.
struct FlowStamps: Sendable, BitwiseCopyable {
    var logged = StampCache()
    var start = StampCache()
    var end = StampCache()
}
