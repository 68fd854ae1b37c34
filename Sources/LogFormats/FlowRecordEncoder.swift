import ByteText
import SimTime
public import TailnetModel

/// Writes the simulation's flow records as text, from the ready-made fragments of a directory.
///
/// The fast path: no allocation a record, one comparison against an upper bound a record, everything else without
/// checks. `FlowLogCodec` writes the same bytes from `FlowLog` values.
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
        encode(batch, records: batch.heads.indices, into: &output)
    }

    /// Appends those records of a batch whose indices are given to `output`, each with a newline behind it.
    ///
    /// The batch's indices must be those of the directory and of the batch's own arrays; they are not checked.
    public mutating func encode(_ batch: FlowRecordBatch, records: Range<Int>, into output: inout EncodedRecords) {
        precondition(records.upperBound <= batch.heads.count, "the batch has fewer records")
        var stamps = stamps
        withSource(batch) { source in
            for index in records {
                let head = source.heads[index]
                output.append(
                    atMost: FlowRecordEncoder.bound(head, source), logged: head.logged, node: head.node,
                    recordIndex: UInt32(truncatingIfNeeded: index)
                ) { cursor in
                    if channel == .stream {
                        cursor.putFlowEnvelope(head, source, &stamps)
                    } else {
                        cursor.putFlowRecord(head, source, &stamps)
                    }
                }
            }
        }
        self.stamps = stamps
    }

    /// Appends one record of a batch to `output`, with a newline behind it.
    public mutating func encode(_ batch: FlowRecordBatch, recordIndex: Int, into output: inout EncodedRecords) {
        encode(batch, records: recordIndex..<recordIndex + 1, into: &output)
    }

    /// The most bytes that a record takes on any channel, its newline included.
    private static func bound(_ head: FlowRecordHead, _ source: FlowSource) -> Int {
        let node = source.fragments[Int(head.node)]
        return fixedBound + node.headLength + node.sourceLength + Int(head.entryCount) * entryBound
            + Int(head.peerCount) * source.longestEntry
    }

    /// The envelope, timestamps, the names of the arrays, brackets, newline; rounded up.
    private static let fixedBound = 384

    /// The most bytes of an entry of a traffic array with the comma behind it.
    ///
    /// `{"proto":255`, two times `,"src":"[…]:65535"` with 39 bytes of address, two times each `,"txPkts":` and
    /// `,"txBytes":` with 20 digits, `},`.
    static let entryBound = 12 + 2 * (8 + 41 + 6 + 1) + 2 * (10 + 20) + 2 * (11 + 20) + 2

    private func withSource(_ batch: FlowRecordBatch, _ body: (FlowSource) -> Void) {
        directory.text.withUnsafeBytes { text in
            directory.fragments.withUnsafeBufferPointer { fragments in
                directory.ipv4.withUnsafeBufferPointer { ipv4 in
                    directory.ipv6.withUnsafeBufferPointer { ipv6 in
                        batch.heads.withUnsafeBufferPointer { heads in
                            batch.entries.withUnsafeBufferPointer { entries in
                                batch.peers.withUnsafeBufferPointer { peers in
                                    body(
                                        FlowSource(
                                            text: text, fragments: fragments, ipv4: ipv4, ipv6: ipv6, heads: heads,
                                            entries: entries, peers: peers, longestEntry: directory.longestEntry))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The memory that records are written from.
struct FlowSource {
    let text: UnsafeRawBufferPointer
    let fragments: UnsafeBufferPointer<NodeFragments>
    let ipv4: UnsafeBufferPointer<TextSlot>
    let ipv6: UnsafeBufferPointer<TextSlot>
    let heads: UnsafeBufferPointer<FlowRecordHead>
    let entries: UnsafeBufferPointer<FlowEntry>
    let peers: UnsafeBufferPointer<UInt32>
    let longestEntry: Int

    @inline(__always)
    func fragment(_ offset: Int, _ length: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: text.baseAddress.unsafelyUnwrapped + offset, count: length)
    }
}

/// The timestamp caches of the three roles in a flow record.
struct FlowStamps: Sendable, BitwiseCopyable {
    var logged = StampCache()
    var start = StampCache()
    var end = StampCache()
}
