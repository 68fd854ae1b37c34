import ByteText

/// What a receiver has taken so far.
public struct ReceiverStats: Sendable, Hashable {
    /// Requests with records, answered well or not.
    public var requests = 0
    /// Requests of which nothing was taken: too large, not authorised, no data, no JSON, not storable.
    public var refusedRequests = 0
    /// Those of them whose records could not be written to the files.
    public var unstoredRequests = 0
    /// Those of them that came while the bodies of others took all the space.
    public var crowdedRequests = 0
    /// Connections that were refused because too many were open.
    public var refusedConnections = 0
    /// Connections that were closed because a request did not come, or an answer was not read, in time.
    public var timedOutConnections = 0
    /// Connections that were closed because what came was not HTTP.
    public var malformedConnections = 0
    /// Bytes of the bodies as they came.
    public var wireBytes = 0
    /// Bytes of the bodies after decompression.
    public var bytes = 0
    /// Valid records of the configuration log, duplicates included.
    public var configuration = 0
    /// Valid records of the network log, duplicates included.
    public var network = 0
    /// Records that had come before.
    public var duplicates = 0
    /// Lines and events that are no records.
    public var malformed = 0
    /// Why the first ten malformed ones are no records.
    public var reasons: [String] = []
    /// Alerts of the reference detections.
    public var alerts = 0
    /// What a detection would have counted, had it not come too late.
    public var late = 0
    /// What a detection would have counted, had there been space for more.
    public var skipped = 0

    /// Makes the statistics of a receiver that has taken nothing.
    public init() {}

    /// All valid records, duplicates included.
    public var records: Int { configuration + network }

    /// What the detections could not count, a sentence each; empty where they counted all.
    public var uncounted: [String] {
        var lines: [String] = []
        if late > 0 {
            lines.append(
                "late: \(late) hits came over 30 minutes of event time after all senders had passed them; detections did "
                    + "not count them")
        }
        if skipped > 0 {
            lines.append("skipped: \(skipped) hits found no space in a detection's memory and were not counted")
        }
        return lines
    }

    /// The statistics as one JSON object.
    public var json: String {
        JSONWriter.object { json in
            json.member("requests", requests)
            json.member("refusedRequests", refusedRequests)
            json.member("wireBytes", wireBytes)
            json.member("bytes", bytes)
            json.member("records", records)
            json.member("configuration", configuration)
            json.member("network", network)
            json.member("duplicates", duplicates)
            json.member("malformed", malformed)
            json.member("alerts", alerts)
            json.member("late", late)
            json.member("skipped", skipped)
            json.member("unstoredRequests", unstoredRequests)
            json.member("crowdedRequests", crowdedRequests)
            json.member("refusedConnections", refusedConnections)
            json.member("timedOutConnections", timedOutConnections)
            json.member("malformedConnections", malformedConnections)
            json.member("reasons", reasons)
        }
    }
}
