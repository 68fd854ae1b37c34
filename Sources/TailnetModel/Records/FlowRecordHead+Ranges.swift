extension FlowRecordHead {
    /// Where the entries of one class lie in the batch.
    public func entryRange(of kind: TrafficClass) -> Range<Int> {
        var first = Int(firstEntry)
        let counts = [virtualCount, subnetCount, exitCount, physicalCount]
        for index in 0..<Int(kind.rawValue) { first += Int(counts[index]) }
        return first..<first + Int(counts[Int(kind.rawValue)])
    }

    /// Where the peers lie in the batch.
    public var peerRange: Range<Int> { Int(firstPeer)..<Int(firstPeer + peerCount) }
}
