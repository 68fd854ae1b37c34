import TailnetModel

extension NetworkStatistics {
    /// All figures of the network log; none where it is empty.
    mutating func metrics() -> [Metric] {
        guard records > 0 else { return [] }
        return volume() + classes() + times() + whatIsShown() + traffic() + paths() + statistics()
    }

    private func volume() -> [Metric] {
        [
            Metric("records", "records", .volume, .count, Double(records)),
            Metric("bytes", "bytes of text", .volume, .bytes, Double(bytes)),
            Metric("size.mean", "record size, mean", .volume, .bytes, sizes.mean),
            Metric("size.p99", "record size, 99th percentile", .volume, .bytes, sizes.quantile(0.99)),
            Metric("size.max", "record size, largest", .volume, .bytes, Double(sizes.largest)),
            Metric("connections.mean", "entries in a record, mean", .volume, .number, connections.mean),
            Metric("connections.p50", "entries in a record, median", .volume, .count, connections.quantile(0.5)),
            Metric("connections.p99", "entries in a record, p99", .volume, .count, connections.quantile(0.99)),
            Metric("connections.max", "entries in a record, most", .volume, .count, Double(connections.largest)),
            Metric("nodes.reporting", "nodes that report", .volume, .count, Double(reportingNodes)),
        ]
    }

    private func classes() -> [Metric] {
        let all = Double(classEntries.reduce(0, +))
        return TrafficClass.allCases.map { kind in
            let name = "\(kind)"
            return Metric(
                "classes.\(name)", name, .classes, .share, ratio(Double(classEntries[Int(kind.rawValue)]), all))
        }
    }

    private func times() -> [Metric] {
        func seconds(_ value: Double) -> Double { value / 1e9 }
        return [
            Metric("window.min", "window, shortest", .times, .seconds, seconds(Double(windows.smallest))),
            Metric("window.mean", "window, mean", .times, .seconds, seconds(windows.mean)),
            Metric("window.p99", "window, 99th percentile", .times, .seconds, seconds(windows.quantile(0.99))),
            Metric("window.max", "window, longest", .times, .seconds, seconds(Double(windows.largest))),
            Metric(
                "logged-start.min", "logged - start, least", .times, .seconds, seconds(Double(startDelays.smallest))),
            Metric("logged-start.mean", "logged - start, mean", .times, .seconds, seconds(startDelays.mean)),
            Metric("logged-start.p99", "logged - start, p99", .times, .seconds, seconds(startDelays.quantile(0.99))),
            Metric("logged-start.max", "logged - start, most", .times, .seconds, seconds(Double(startDelays.largest))),
            Metric("logged-end.min", "logged - end, least", .times, .seconds, seconds(Double(endDelays.smallest))),
            Metric("logged-end.mean", "logged - end, mean", .times, .seconds, seconds(endDelays.mean)),
            Metric("logged-end.p99", "logged - end, p99", .times, .seconds, seconds(endDelays.quantile(0.99))),
            Metric("logged-end.max", "logged - end, most", .times, .seconds, seconds(Double(endDelays.largest))),
            Metric("late", "logged over 10 s after the end", .times, .share, ratio(late, records)),
            Metric("disorder", "behind a later window of its node", .times, .share, ratio(outOfOrder, records)),
        ]
    }

    private func whatIsShown() -> [Metric] {
        let exits = Double(classEntries[Int(TrafficClass.exit.rawValue)])
        return [
            Metric(
                "presence.srcNode", "records with srcNode", .availability, .share, ratio(availability.source, records)),
            Metric(
                "presence.dstNodes", "records with dstNodes", .availability, .share, ratio(availability.peers, records)),
            Metric(
                "presence.srcOS", "srcNode with os", .availability, .share,
                ratio(availability.sourceOS, availability.source)),
            Metric(
                "presence.dstOS", "dstNodes with os", .availability, .share,
                ratio(availability.peerOS, availability.peerDescriptions)),
            Metric(
                "presence.srcUser", "srcNode with user", .availability, .share,
                ratio(availability.sourceUser, availability.source)),
            Metric(
                "presence.srcTags", "srcNode with tags", .availability, .share,
                ratio(availability.sourceTags, availability.source)),
            Metric(
                "presence.dstUser", "dstNodes with user", .availability, .share,
                ratio(availability.peerUser, availability.peerDescriptions)),
            Metric(
                "presence.dstTags", "dstNodes with tags", .availability, .share,
                ratio(availability.peerTags, availability.peerDescriptions)),
        ]
            + (exits == 0
                ? []
                : [
                    Metric(
                        "exit.src", "exit entries with src", .availability, .share, ratio(Double(exit.source), exits)),
                    Metric(
                        "exit.dst", "exit entries with dst", .availability, .share, ratio(Double(exit.target), exits)),
                    Metric(
                        "exit.neither", "exit entries with neither", .availability, .share,
                        ratio(Double(exit.neither), exits)),
                    Metric(
                        "exit.proto", "exit entries with protocol", .availability, .share,
                        ratio(Double(exit.proto), exits)),
                ])
    }

    private func traffic() -> [Metric] {
        let inner = protocols.reduce(0, +)
        let all = classEntries.reduce(0, +)
        let icmp = protocols[1] + protocols[58]
        let virtualCount = classEntries[Int(TrafficClass.virtual.rawValue)]
        return [
            Metric("traffic.tcp", "TCP", .traffic, .share, ratio(protocols[6], inner)),
            Metric("traffic.udp", "UDP", .traffic, .share, ratio(protocols[17], inner)),
            Metric("traffic.icmp", "ICMP", .traffic, .share, ratio(icmp, inner)),
            Metric("traffic.tsmp", "TSMP (refusals)", .traffic, .share, ratio(protocols[99], inner)),
            Metric("traffic.ipv6", "IPv6", .traffic, .share, ratio(ipv6Entries, inner)),
            Metric("traffic.return", "return direction (src serves)", .traffic, .share, ratio(returnEntries, inner)),
            Metric(
                "all.ported", "TCP and UDP, of all entries", .traffic, .share, ratio(protocols[6] + protocols[17], all)),
            Metric("all.icmp", "ICMP, of all entries", .traffic, .share, ratio(icmp, all)),
            Metric("all.tsmp", "TSMP, of all entries", .traffic, .share, ratio(protocols[99], all)),
            Metric(
                "spoof.entries", "virtual, src not the reporter's", .traffic, .share,
                ratio(foreignSources, virtualCount)),
            Metric("one-sided.virtual", "virtual flows seen by one side", .traffic, .share, virtualFlows.oneSidedShare),
            Metric("one-sided.subnet", "subnet flows seen by one side", .traffic, .share, subnetFlows.oneSidedShare),
        ]
    }

    private func paths() -> [Metric] {
        let index = Int(TrafficClass.physical.rawValue)
        return [
            Metric(
                "derp.entries", "DERP, of physical entries", .paths, .share,
                ratio(relayedEntries, classEntries[index])),
            Metric("derp.bytes", "DERP, of physical bytes", .paths, .share, ratio(relayedBytes, classBytes[index])),
        ]
    }

    private mutating func statistics() -> [Metric] {
        var metrics: [Metric] = []
        func add(_ key: String, _ title: String, _ value: Double?) {
            if let value { metrics.append(Metric(key, title, .statistics, .number, value)) }
        }
        let sizes = virtualFlows.flows.values.map { Double($0.bytes) }
        // Each profile's tail is its top 64th; where profiles mix, only what lies far out is tail of any of them.
        let top = max(100, sizes.count / 200)
        add("tail.flow-bytes", "tail index of flow bytes (Hill)", Estimators.tailIndex(sizes, top: top))
        add("zipf.destinations", "Zipf exponent of destinations", Estimators.zipfExponent(virtualFlows.flowsByServer))
        add("hurst.bytes", "Hurst exponent of bytes in time", Estimators.hurst(series.settled))
        add("text.entropy", "entropy, bits a byte", Estimators.entropy(texture.byteCounts))
        add("text.gzip", "gzip ratio", texture.gzipRatio())
        return metrics
    }

    /// How many nodes have reported something.
    private var reportingNodes: Int { lastEnds.reduce(0) { $0 + ($1 > .min ? 1 : 0) } }
}

extension FlowSample {
    /// The share of flows that only one side reported.
    var oneSidedShare: Double { ratio(flows.values.reduce(0) { $0 + ($1.isOneSided ? 1 : 0) }, flows.count) }

    /// How many flows each serving address has, in no order.
    var flowsByServer: [Double] {
        var counts: [UInt64: Double] = [:]
        for flow in flows.values where flow.server != 0 { counts[flow.server, default: 0] += 1 }
        return counts.values.sorted()
    }
}

extension Metric {
    init(_ key: String, _ title: String, _ group: Group, _ unit: Unit, _ value: Double) {
        self.init(key: key, title: title, group: group, unit: unit, value: value)
    }
}

/// A share; 0 of nothing.
func ratio(_ part: Double, _ all: Double) -> Double { all == 0 ? 0 : part / all }

/// A share; 0 of nothing.
func ratio(_ part: Int, _ all: Int) -> Double { ratio(Double(part), Double(all)) }
