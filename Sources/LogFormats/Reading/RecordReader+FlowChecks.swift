import TailnetModel

extension RecordReader {
    /// Notes what a real client would not have put into an entry of that class, and gives the entry's sort key.
    ///
    /// Nil where an endpoint cannot be understood.
    mutating func checked(_ entry: FlowCounts, _ kind: TrafficClass, at offset: Int) -> FlowEntry? {
        if entry.counts.isZero { note(.emptyEntry, at: offset) }
        switch kind {
        case .virtual, .subnet:
            if entry.proto == 0 { note(.protocolPresence, at: offset) }
            if entry.src.isEmpty || entry.dst.isEmpty { note(.endpointPresence, at: offset) }
        case .physical:
            if entry.proto != 0 { note(.protocolPresence, at: offset) }
            if entry.src.isEmpty || entry.dst.isEmpty { note(.endpointPresence, at: offset) }
        case .exit:
            // Without destination logging the protocol, both ports and foreign addresses are taken out.
            if entry.proto != 0 && (entry.src.isEmpty || entry.dst.isEmpty) { note(.endpointPresence, at: offset) }
        }
        guard let source = endpoint(entry.src, at: offset), let target = endpoint(entry.dst, at: offset) else {
            return nil
        }
        if kind == .physical {
            if source.port != 0 { note(.port, at: offset) }
        } else {
            let hasPorts = FlowPorts.areReal(entry.proto)
            for end in [source, target] where end.family != 0 && (end.port != 0) != hasPorts {
                note(.port, at: offset)
            }
        }
        return FlowEntry(proto: entry.proto, source: source, target: target, counts: entry.counts)
    }

    private mutating func endpoint(_ text: String, at offset: Int) -> FlowEndpoint? {
        guard let endpoint = FlowEndpoint(text: text) else {
            note(.endpointForm, at: offset)
            return nil
        }
        if endpoint.text != text { note(.endpointForm, at: offset) }
        return endpoint
    }
}

/// Which protocols have ports in flow records.
enum FlowPorts {
    /// Whether entries of the protocol carry real ports (TCP, UDP, SCTP); the others have 0 on both ends.
    static func areReal(_ proto: UInt8) -> Bool { proto == 6 || proto == 17 || proto == 132 }
}
