import ByteText
public import TailnetModel

/// Writes the simulation's flow records as text, from the ready-made fragments of a directory.
///
/// The fast path: no allocation a record, and one check of the space a block. `FlowLogCodec` writes the same bytes from
/// `FlowLog` values.
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
        encode(FlowBatches([batch]), order: order[...], into: &output)
    }

    /// Appends records of several batches in a given order to `output`, each with a newline behind it.
    ///
    /// The text is written once, where it stays. The indices in the batches are those of the directory and of the
    /// batches' own arrays; others end the program.
    public mutating func encode(
        _ batches: FlowBatches, order: ArraySlice<FlowRecordPlace>, into output: inout EncodedRecords
    ) {
        var stamps = stamps
        let channel = channel
        let looksAhead = directory.count > FlowRecordEncoder.mostNear
        withText { text in
            batches.withSources { sources in
                var bound = 0
                for place in order {
                    bound += FlowRecordEncoder.bound(sources[Int(place.batch)].head(place.record), text)
                }
                output.appendAll(atMost: bound) { cursor, index in
                    for position in order.indices {
                        if looksAhead { FlowRecordEncoder.prefetchAhead(of: position, in: order, sources, text) }
                        let place = order[position]
                        let source = sources[Int(place.batch)]
                        let head = source.head(place.record)
                        if channel == .stream {
                            cursor.putFlowEnvelope(head, source, text, &stamps)
                        } else {
                            cursor.putFlowRecord(head, source, text, &stamps)
                        }
                        index.add(logged: head.logged, endingAt: cursor)
                    }
                }
            }
        }
        self.stamps = stamps
    }

    /// The text of more nodes does not stay in a core's cache: what records need of it is asked for ahead of time.
    private static let mostNear = 2_000

    /// Brings near what records further on in the order are made of: first their parts, then what these name.
    @inline(__always)
    private static func prefetchAhead(
        of position: Int, in order: ArraySlice<FlowRecordPlace>, _ sources: [FlowSource], _ text: FlowText
    ) {
        if position + 6 < order.endIndex {
            let source = sources[Int(order[position + 6].batch)]
            let head = source.head(order[position + 6].record)
            // A longer array is read in a row, which the processor sees by itself.
            for index in 0..<min(head.entryCount, 6) { source.prefetchEntry(head.firstEntry + index) }
            source.prefetchPeer(head.firstPeer)
            text.prefetchFragments(of: Int(head.node))
        }
        if position + 4 < order.endIndex {
            let source = sources[Int(order[position + 4].batch)]
            let head = source.head(order[position + 4].record)
            let own = text.fragments(of: head.node)
            text.prefetch(own.offset, own.headLength &+ own.sourceLength)
            for index in 0..<min(head.entryCount, 8) {
                let entry = source.entry(head.firstEntry + index)
                text.prefetchFragments(of: Int(entry.source.nodePlusOne) - 1)
                text.prefetchFragments(of: Int(entry.target.nodePlusOne) - 1)
            }
        }
        if position + 2 < order.endIndex {
            let source = sources[Int(order[position + 2].batch)]
            let head = source.head(order[position + 2].record)
            for index in 0..<min(head.peerCount, 8) {
                let peer = text.fragments(of: source.peer(head.firstPeer + index))
                text.prefetch(peer.entryOffset, peer.entryLength)
            }
        }
    }

    /// The most bytes that a record takes on any channel, its newline included.
    @inline(__always)
    private static func bound(_ head: FlowRecordHead, _ text: FlowText) -> Int {
        text.longestHead + Int(head.entryCount) * entryBound
            + Int(head.peerCount) * text.longestEntry + fixedBound
    }

    /// The envelope, timestamps, the names of the arrays, brackets, newline; rounded up.
    private static let fixedBound = 384

    /// The most bytes of an entry of a traffic array with the comma behind it.
    ///
    /// `{"proto":255`, two times `,"src":"[…]:65535"` with 39 bytes of address, two times each `,"txPkts":` and
    /// `,"txBytes":` with 20 digits, `},`.
    static let entryBound = 12 + 2 * (8 + 41 + 6 + 1) + 2 * (10 + 20) + 2 * (11 + 20) + 2

    private func withText(_ body: (FlowText) -> Void) {
        unsafe directory.text.withUnsafeBytes { text in
            unsafe directory.fragments.withUnsafeBufferPointer { fragments in
                unsafe directory.ipv6.withUnsafeBufferPointer { ipv6 in
                    unsafe body(FlowText(directory, text: text, fragments: fragments, ipv6: ipv6))
                }
            }
        }
    }
}

/// The timestamp caches of the three roles in a flow record.
struct FlowStamps: Sendable, BitwiseCopyable {
    var logged = StampCache()
    var start = StampCache()
    var end = StampCache()
}
