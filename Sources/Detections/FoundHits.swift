import SimTime

/// What the detections count of the records of one body.
///
/// Texts of flow records stay where they are, in the body: most of what is seen is known, and then none is needed.
package struct FoundHits: Sendable {
    /// Of an audit record.
    package struct OfAudit: Sendable {
        var detection: Int
        var hit: DetectionHit
    }

    /// Of an entry of a flow record.
    package struct OfFlow: Sendable {
        var detection: Int32
        /// The place in `entries`.
        var entry: Int32
        var identity: UInt64
    }

    /// An entry that a detection counts.
    package struct Entry: Sendable {
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

    package var audits: [OfAudit] = []
    package var flows: [OfFlow] = []
    package var entries: [Entry] = []
}

extension Range<Int> {
    func moved(by offset: Int) -> Range { lowerBound + offset..<upperBound + offset }
}
