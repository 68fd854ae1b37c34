import TailnetModel

extension NetworkSurvey {
    /// All figures of the network log; none where it is empty.
    mutating func figures() -> [Figure] {
        guard records > 0 else { return [] }
        return volume() + classes() + times() + whatIsShown() + traffic() + paths() + statistics()
    }

    private func volume() -> [Figure] {
        [
            Figure("records", "records", .volume, .count, Double(records)),
            Figure("bytes", "bytes of text", .volume, .bytes, Double(bytes)),
            Figure("size.mean", "record size, mean", .volume, .bytes, sizes.mean),
            Figure("size.p99", "record size, 99th percentile", .volume, .bytes, sizes.quantile(0.99)),
            Figure("size.max", "record size, largest", .volume, .bytes, Double(sizes.largest)),
            Figure("connections.mean", "entries in a record, mean", .volume, .number, connections.mean),
            Figure("connections.p50", "entries in a record, median", .volume, .count, connections.quantile(0.5)),
            Figure("connections.p99", "entries in a record, p99", .volume, .count, connections.quantile(0.99)),
            Figure("connections.max", "entries in a record, most", .volume, .count, Double(connections.largest)),
            Figure("nodes.reporting", "nodes that report", .volume, .count, Double(reportingNodes)),
        ]
    }

    private func classes() -> [Figure] {
        let all = Double(classEntries.reduce(0, +))
        return TrafficClass.allCases.map { kind in
            let name = "\(kind)"
            return Figure(
                "classes.\(name)", name, .classes, .share, ratio(Double(classEntries[Int(kind.rawValue)]), all))
        }
    }

    private func times() -> [Figure] {
        func seconds(_ value: Double) -> Double { value / 1e9 }
        return [
            Figure("window.min", "window, shortest", .times, .seconds, seconds(Double(windows.smallest))),
            Figure("window.mean", "window, mean", .times, .seconds, seconds(windows.mean)),
            Figure("window.p99", "window, 99th percentile", .times, .seconds, seconds(windows.quantile(0.99))),
            Figure("window.max", "window, longest", .times, .seconds, seconds(Double(windows.largest))),
            Figure(
                "logged-start.min", "logged - start, least", .times, .seconds, seconds(Double(startDelays.smallest))),
            Figure("logged-start.mean", "logged - start, mean", .times, .seconds, seconds(startDelays.mean)),
            Figure("logged-start.p99", "logged - start, p99", .times, .seconds, seconds(startDelays.quantile(0.99))),
            Figure("logged-start.max", "logged - start, most", .times, .seconds, seconds(Double(startDelays.largest))),
            Figure("logged-end.min", "logged - end, least", .times, .seconds, seconds(Double(endDelays.smallest))),
            Figure("logged-end.mean", "logged - end, mean", .times, .seconds, seconds(endDelays.mean)),
            Figure("logged-end.p99", "logged - end, p99", .times, .seconds, seconds(endDelays.quantile(0.99))),
            Figure("logged-end.max", "logged - end, most", .times, .seconds, seconds(Double(endDelays.largest))),
            Figure("late", "logged over 10 s after the end", .times, .share, ratio(late, records)),
            Figure("disorder", "behind a later window of its node", .times, .share, ratio(outOfOrder, records)),
        ]
    }

    private func whatIsShown() -> [Figure] {
        let exits = Double(classEntries[Int(TrafficClass.exit.rawValue)])
        return [
            Figure("presence.srcNode", "records with srcNode", .presence, .share, ratio(presence.source, records)),
            Figure("presence.dstNodes", "records with dstNodes", .presence, .share, ratio(presence.peers, records)),
            Figure("presence.srcOS", "srcNode with os", .presence, .share, ratio(presence.sourceOS, presence.source)),
            Figure(
                "presence.dstOS", "dstNodes with os", .presence, .share,
                ratio(presence.peerOS, presence.peerDescriptions)),
            Figure(
                "presence.srcUser", "srcNode with user", .presence, .share,
                ratio(presence.sourceUser, presence.source)),
            Figure(
                "presence.srcTags", "srcNode with tags", .presence, .share,
                ratio(presence.sourceTags, presence.source)),
            Figure(
                "presence.dstUser", "dstNodes with user", .presence, .share,
                ratio(presence.peerUser, presence.peerDescriptions)),
            Figure(
                "presence.dstTags", "dstNodes with tags", .presence, .share,
                ratio(presence.peerTags, presence.peerDescriptions)),
        ]
            + (exits == 0
                ? []
                : [
                    Figure("exit.src", "exit entries with src", .presence, .share, ratio(Double(exit.source), exits)),
                    Figure("exit.dst", "exit entries with dst", .presence, .share, ratio(Double(exit.target), exits)),
                    Figure(
                        "exit.neither", "exit entries with neither", .presence, .share,
                        ratio(Double(exit.neither), exits)),
                    Figure(
                        "exit.proto", "exit entries with protocol", .presence, .share, ratio(Double(exit.proto), exits)),
                ])
    }

    private func traffic() -> [Figure] {
        let inner = protocols.reduce(0, +)
        let all = classEntries.reduce(0, +)
        let icmp = protocols[1] + protocols[58]
        let virtualCount = classEntries[Int(TrafficClass.virtual.rawValue)]
        return [
            Figure("traffic.tcp", "TCP", .traffic, .share, ratio(protocols[6], inner)),
            Figure("traffic.udp", "UDP", .traffic, .share, ratio(protocols[17], inner)),
            Figure("traffic.icmp", "ICMP", .traffic, .share, ratio(icmp, inner)),
            Figure("traffic.tsmp", "TSMP (refusals)", .traffic, .share, ratio(protocols[99], inner)),
            Figure("traffic.ipv6", "IPv6", .traffic, .share, ratio(ipv6Entries, inner)),
            Figure("traffic.return", "return direction (src serves)", .traffic, .share, ratio(returnEntries, inner)),
            Figure(
                "all.ported", "TCP and UDP, of all entries", .traffic, .share, ratio(protocols[6] + protocols[17], all)),
            Figure("all.icmp", "ICMP, of all entries", .traffic, .share, ratio(icmp, all)),
            Figure("all.tsmp", "TSMP, of all entries", .traffic, .share, ratio(protocols[99], all)),
            Figure(
                "spoof.entries", "virtual, src not the reporter's", .traffic, .share,
                ratio(foreignSources, virtualCount)),
            Figure("one-sided.virtual", "virtual flows seen by one side", .traffic, .share, virtualFlows.oneSidedShare),
            Figure("one-sided.subnet", "subnet flows seen by one side", .traffic, .share, subnetFlows.oneSidedShare),
        ]
    }

    private func paths() -> [Figure] {
        let index = Int(TrafficClass.physical.rawValue)
        return [
            Figure(
                "derp.entries", "DERP, of physical entries", .paths, .share,
                ratio(relayedEntries, classEntries[index])),
            Figure("derp.bytes", "DERP, of physical bytes", .paths, .share, ratio(relayedBytes, classBytes[index])),
        ]
    }

    private mutating func statistics() -> [Figure] {
        var figures: [Figure] = []
        func add(_ key: String, _ title: String, _ value: Double?) {
            if let value { figures.append(Figure(key, title, .statistics, .number, value)) }
        }
        let sizes = virtualFlows.flows.values.map { Double($0.bytes) }
        // Each profile's tail is its top 64th; where profiles mix, only what lies far out is tail of any of them.
        let top = max(100, sizes.count / 200)
        add("tail.flow-bytes", "tail index of flow bytes (Hill)", Estimators.tailIndex(sizes, top: top))
        add("zipf.destinations", "Zipf exponent of destinations", Estimators.zipfExponent(virtualFlows.flowsByServer))
        add("hurst.bytes", "Hurst exponent of bytes in time", Estimators.hurst(series.settled))
        add("text.entropy", "entropy, bits a byte", Estimators.entropy(texture.byteCounts))
        add("text.gzip", "gzip ratio", texture.gzipRatio())
        return figures
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

extension Figure {
    init(_ key: String, _ title: String, _ group: Group, _ unit: Unit, _ value: Double) {
        self.init(key: key, title: title, group: group, unit: unit, value: value)
    }
}

/// A share; 0 of nothing.
func ratio(_ part: Double, _ all: Double) -> Double { all == 0 ? 0 : part / all }

/// A share; 0 of nothing.
func ratio(_ part: Int, _ all: Int) -> Double { ratio(Double(part), Double(all)) }
