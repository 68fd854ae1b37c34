import SimTime
import LogFormats
import TailnetModel

/// What is counted of the configuration log.
struct ConfigurationStatistics: ~Copyable {
    private(set) var records = 0
    private(set) var bytes = 0
    private(set) var deviations = Deviations()
    private(set) var sizes = Histogram()
    /// `logged` after `eventTime`, in nanoseconds.
    private(set) var delays = Histogram()
    private(set) var failed = 0
    private(set) var deferred = 0
    /// By `TARGET.ACTION` or `TARGET.ACTION.PROPERTY`.
    private var events: [String: Int] = [:]
    /// Records of each group that may still get more.
    private var groups: [String: Int] = [:]
    private var groupSizes = Histogram()
    private static let mostGroups = 1 << 16
    var texture = TextTexture()

    mutating func addText(_ text: Span<UInt8>) {
        texture.add(text)
    }

    /// The events, the most frequent first.
    var eventCounts: [(code: String, count: Int)] {
        events.map { (code: $0.key, count: $0.value) }.sorted { ($1.count, $0.code) < ($0.count, $1.code) }
    }

    /// Adds a record, without its newline.
    mutating func add(_ record: Span<UInt8>) {
        records += 1
        bytes += record.count + 1
        sizes.add(UInt64(record.count + 1))
        do {
            let inspected = try AuditEventCodec.inspect(record, channel: .object)
            for found in inspected.deviations { deviations.add(found.kind.rawValue, record: records, record) }
            for rule in AuditRule.broken(by: inspected.record) {
                deviations.add(rule.rawValue, record: records, record)
            }
            count(inspected.record)
        } catch {
            deviations.add("\(AuditRule.unreadable.rawValue): \(error.message)", record: records, record)
        }
    }

    private mutating func count(_ event: AuditEvent) {
        let property = event.target.property.map { "." + $0 } ?? ""
        events["\(event.target.type).\(event.action)\(property)", default: 0] += 1
        if event.error != nil { failed += 1 }
        if event.deferredAt != nil { deferred += 1 }
        if let logged = event.logged, let time = event.eventTime {
            delays.add(UInt64(max(0, logged.nanoseconds &- time.nanoseconds)))
        }
        groups[event.eventGroupID, default: 0] += 1
        if groups.count > ConfigurationStatistics.mostGroups { closeGroups() }
    }

    /// The number of records in each group.
    mutating func closedGroupSizes() -> Histogram {
        closeGroups()
        return groupSizes
    }

    private mutating func closeGroups() {
        for count in groups.values { groupSizes.add(UInt64(count)) }
        groups.removeAll(keepingCapacity: true)
    }
}
