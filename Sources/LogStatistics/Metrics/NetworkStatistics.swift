import LogFormats
import SimTime
import TailnetModel

/// What is counted of the network log.
struct NetworkStatistics: ~Copyable {
    private(set) var records = 0
    private(set) var bytes = 0
    private(set) var deviations = Deviations()
    /// Records by the hour of the day (UTC) in which their window ends.
    private(set) var hours = [Int](repeating: 0, count: 24)
    /// Records by the day of the week (UTC) in which their window ends, Monday first.
    private(set) var weekdays = [Int](repeating: 0, count: 7)

    private(set) var connections = Histogram()
    private(set) var sizes = Histogram()
    /// In nanoseconds, as are the delays.
    private(set) var windows = Histogram()
    private(set) var startDelays = Histogram()
    private(set) var endDelays = Histogram()
    private(set) var late = 0
    private(set) var outOfOrder = 0

    private(set) var classEntries = [Int](repeating: 0, count: 4)
    private(set) var classBytes = [Double](repeating: 0, count: 4)
    /// Entries of the virtual and subnet classes by protocol.
    private(set) var protocols = [Int](repeating: 0, count: 256)
    private(set) var ipv6Entries = 0
    private(set) var returnEntries = 0
    private(set) var relayedEntries = 0
    private(set) var relayedBytes = 0.0
    private(set) var exit = ExitCounts()
    private(set) var availability = PresenceCounts()
    private(set) var foreignSources = 0

    private(set) var virtualFlows = FlowSample()
    private(set) var subnetFlows = FlowSample()
    private(set) var series = ByteSeries()
    var texture = TextTexture()

    private var line = FlowLine()
    private(set) var table = KnownNodes()
    private var rules = FlowRules()
    /// The latest end of a window of each node; the least number for nodes that have not reported.
    private(set) var lastEnds: [Int64] = []
    private let codecStride: Int
    private(set) var codecChecks = 0

    /// What of exit entries is shown.
    struct ExitCounts {
        var source = 0
        var target = 0
        var neither = 0
        var proto = 0
    }

    /// How many records and descriptions have what may be absent.
    struct PresenceCounts {
        var source = 0
        var peers = 0
        var sourceOS = 0
        var sourceUser = 0
        var sourceTags = 0
        var peerDescriptions = 0
        var peerOS = 0
        var peerUser = 0
        var peerTags = 0
    }

    /// A record counts as late when it is logged more than ten seconds after its window's end.
    static let lateAfter: Int64 = 10_000_000_000

    init(codecStride: Int) {
        self.codecStride = codecStride
    }

    mutating func addText(_ text: Span<UInt8>) {
        texture.add(text)
    }

    /// Adds a record, without its newline.
    mutating func add(_ record: Span<UInt8>) {
        records += 1
        bytes += record.count + 1
        let isPlain = line.read(record, &table)
        if !isPlain || records % codecStride == 0 {
            guard checkByCodec(record, isPlain) else { return }
        }
        rules.check(line, &table)
        for rule in rules.broken.rules { deviations.add(rule.rawValue, record: records, record) }
        countTimes()
        countNodes()
        countEntries()
        sizes.add(UInt64(record.count + 1))
    }

    /// Has the codec decode and encode the record; gives false where it is none.
    @inline(never)
    private mutating func checkByCodec(_ record: Span<UInt8>, _ isPlain: Bool) -> Bool {
        codecChecks += 1
        do {
            let inspected = try FlowLogCodec.inspect(record, channel: .object)
            for found in inspected.deviations where !FlowRule.covered.contains(found.kind) {
                deviations.add(
                    isPlain ? FlowRule.codec.rawValue : found.kind.rawValue, record: records, record)
            }
            if !isPlain { line.load(inspected.record, &table) }
            return true
        } catch {
            deviations.add("\(FlowRule.unreadable.rawValue): \(error.message)", record: records, record)
            return false
        }
    }

    private mutating func countTimes() {
        // Timestamps may lie centuries apart where the text is not ours: that must not be an overflow.
        let delay = line.logged &- line.end
        windows.add(UInt64(max(0, line.end &- line.start)))
        startDelays.add(UInt64(max(0, line.logged &- line.start)))
        endDelays.add(UInt64(max(0, delay)))
        if delay > NetworkStatistics.lateAfter { late += 1 }
        let instant = Instant(nanoseconds: line.end)
        let midnight = instant.floored(to: .days(1))
        hours[Int((instant - midnight).nanoseconds / 3_600_000_000_000)] += 1
        weekdays[CivilDate.weekday(daysSinceEpoch: instant.daysSinceEpoch)] += 1
        let node = Int(line.node)
        while lastEnds.count <= node { lastEnds.append(.min) }
        if line.end < lastEnds[node] { outOfOrder += 1 } else { lastEnds[node] = line.end }
    }

    private mutating func countNodes() {
        if line.source >= 0 {
            let description = table.descriptions[Int(line.source)]
            availability.source += 1
            if description.hasOS { availability.sourceOS += 1 }
            if description.hasUser { availability.sourceUser += 1 }
            if description.hasTags { availability.sourceTags += 1 }
        }
        guard !line.peers.isEmpty else { return }
        availability.peers += 1
        availability.peerDescriptions += line.peers.count
        for peer in line.peers {
            let description = table.descriptions[Int(peer)]
            if description.hasOS { availability.peerOS += 1 }
            if description.hasUser { availability.peerUser += 1 }
            if description.hasTags { availability.peerTags += 1 }
        }
    }

    private mutating func countEntries() {
        connections.add(UInt64(line.entries.count))
        var total: UInt64 = 0
        for kind in TrafficClass.allCases {
            var sum: UInt64 = 0
            let range = line.range(kind)
            for index in range {
                let entry = line.entries[index]
                let bytes = entry.counts.txBytes &+ entry.counts.rxBytes
                sum &+= bytes
                switch kind {
                case .virtual:
                    countConnection(entry)
                    virtualFlows.add(entry)
                    if line.source >= 0 && !isReporter(entry.source) { foreignSources += 1 }
                case .subnet:
                    countConnection(entry)
                    subnetFlows.add(entry)
                case .exit: countExit(entry)
                case .physical:
                    if entry.target.family == 4, entry.target.low == UInt64(TailnetAddress.derp) {
                        relayedEntries += 1
                        relayedBytes += Double(bytes)
                    }
                }
            }
            classEntries[Int(kind.rawValue)] += range.count
            classBytes[Int(kind.rawValue)] += Double(sum)
            if kind != .physical { total &+= sum }
        }
        series.add(total, at: line.end)
    }

    /// Whether an endpoint has an address of the reporting node.
    @inline(__always)
    private func isReporter(_ endpoint: FlowEndpoint) -> Bool {
        let own = table.descriptions[Int(line.source)]
        return endpoint.family == 4 ? endpoint.low == UInt64(own.ipv4) : endpoint.low == own.ipv6Low
    }

    @inline(__always)
    private mutating func countConnection(_ entry: FlowEntry) {
        protocols[Int(entry.proto)] += 1
        if entry.source.family == 6 { ipv6Entries += 1 }
        // The end with the smaller port serves, if that port is below the first ephemeral one of any system.
        if entry.source.port != 0, entry.source.port < entry.target.port, entry.source.port < 32_768 {
            returnEntries += 1
        }
    }

    private mutating func countExit(_ entry: FlowEntry) {
        if entry.source.family != 0 { exit.source += 1 }
        if entry.target.family != 0 { exit.target += 1 }
        if entry.source.family == 0 && entry.target.family == 0 { exit.neither += 1 }
        if entry.proto != 0 { exit.proto += 1 }
    }
}
