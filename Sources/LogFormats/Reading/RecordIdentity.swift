public import SimTime

/// Short names of records: equal for the same record wherever and however often it arrives.
///
/// 64 bits: enough to find what is missing or doubled among hundreds of millions of records, with a chance of a false
/// match of about one in a thousand then. The values are the same on every machine and in every run.
public enum RecordIdentity {
    /// The identity of a flow record: its node and its start in milliseconds, as some receivers keep no more.
    public static func network(nodeID: String, start: Instant) -> UInt64 {
        var hash = IdentityHash()
        hash.add(nodeID)
        hash.add(UInt64(bitPattern: StreamTime.milliseconds(start)))
        return hash.value
    }

    /// The identity of an audit record; a record without property and one with an empty one are the same.
    public static func configuration(eventGroupID: String, action: String, targetID: String, property: String?)
        -> UInt64
    {
        var hash = IdentityHash()
        hash.add(eventGroupID)
        hash.add(action)
        hash.add(targetID)
        hash.add(property ?? "")
        return hash.value
    }
}
