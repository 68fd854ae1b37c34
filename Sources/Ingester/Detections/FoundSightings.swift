import LogFormats
import SimTime
import TailnetModel

/// What the detections count of the records of one body.
///
/// Texts of flow records stay where they are, in the body: most of what is seen is known, and then none is needed.
struct FoundSightings: Sendable {
    /// Of an audit record.
    struct OfAudit: Sendable {
        var detection: Int
        var sighting: Sighting
    }

    /// Of an entry of a flow record.
    struct OfFlow: Sendable {
        var detection: Int32
        /// The place in `entries`.
        var entry: Int32
        var mark: UInt64
    }

    /// An entry that a detection counts.
    struct Entry: Sendable {
        /// The place of its record among the body's identities.
        var record: Int
        var time: Instant
        var bytes: UInt64
        var source: FlowEnd
        var target: FlowEnd
        var nodeID: Range<Int>
        var recordRange: Range<Int>

        /// Makes ranges of a part those of the whole.
        mutating func move(by offset: Int) {
            source.move(by: offset)
            target.move(by: offset)
            nodeID = nodeID.moved(by: offset)
            recordRange = recordRange.moved(by: offset)
        }
    }

    var audits: [OfAudit] = []
    var flows: [OfFlow] = []
    var entries: [Entry] = []
}

/// One end of a connection, as ranges of the bytes that were read.
struct FlowEnd: Sendable {
    /// `ip:port`.
    var text: Range<Int>
    /// The part before the last colon.
    var address: Range<Int>
    var port: UInt16

    /// Makes an end of `ip:port`; nil for anything else.
    init?(_ text: Range<Int>, _ bytes: UnsafeRawBufferPointer) {
        var place = text.upperBound - 1
        var port = 0
        var unit = 1
        while place > text.lowerBound, bytes[place] != UInt8(ascii: ":") {
            let digit = Int(bytes[place]) - Int(UInt8(ascii: "0"))
            guard (0...9).contains(digit), unit <= 10_000 else { return nil }
            port += digit * unit
            unit *= 10
            place -= 1
        }
        guard place > text.lowerBound, unit > 1, let port = UInt16(exactly: port) else { return nil }
        self.text = text
        address = text.lowerBound..<place
        self.port = port
    }

    fileprivate mutating func move(by offset: Int) {
        text = text.moved(by: offset)
        address = address.moved(by: offset)
    }
}

extension Range<Int> {
    fileprivate func moved(by offset: Int) -> Range { lowerBound + offset..<upperBound + offset }
}
