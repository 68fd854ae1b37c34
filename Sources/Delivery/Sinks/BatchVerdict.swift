/// What an answer means for the records of a request.
package struct BatchVerdict: Sendable, Hashable {
    private enum Extent: Hashable {
        case all(RecordVerdict)
        case each([RecordVerdict])
    }

    private let extent: Extent
    /// What the receiver says about the records that it did not take; nil lets the answer as a whole speak.
    package let reason: String?

    /// One verdict for all records.
    package static func all(_ verdict: RecordVerdict, reason: String? = nil) -> BatchVerdict {
        BatchVerdict(extent: .all(verdict), reason: reason)
    }

    /// A verdict for each record, in the order of the request's records.
    package static func each(_ verdicts: [RecordVerdict], reason: String? = nil) -> BatchVerdict {
        BatchVerdict(extent: .each(verdicts), reason: reason)
    }

    private init(extent: Extent, reason: String?) {
        self.extent = extent
        self.reason = reason
    }

    /// The places of the records with a verdict, of `count` records.
    ///
    /// An answer that speaks of more or fewer records than were sent says nothing of any: they are sent again.
    func places(_ verdict: RecordVerdict, of count: Int) -> [Int] {
        switch extent {
        case .all(let one): one == verdict ? Array(0..<count) : []
        case .each(let verdicts) where verdicts.count == count: verdicts.indices.filter { verdicts[$0] == verdict }
        case .each: verdict == .again ? Array(0..<count) : []
        }
    }
}
