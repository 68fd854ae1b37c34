/// Figures of real tailnets that somebody has published.
///
/// All are of one home lab whose owner wrote a collector for these logs and described two captures of three hours: one
/// of 18,702 records, one of 120,901 entries. A home lab is no company: much of its traffic passes a subnet router, few
/// people sleep or travel. The figures say what is possible, not what is typical. The delay of configuration records is
/// that of twenty records which the same owner published as exported.
public enum PublishedMetrics {
    /// One published figure.
    public struct Item: Sendable {
        /// The key of the figure.
        public var key: String
        public var value: Double
        /// What was measured, in one sentence.
        public var meaning: String
    }

    /// Entries of the first capture, class by class.
    private static let virtual = 20_233.0
    private static let subnet = 38_914.0
    private static let exit = 504.0
    private static let physical = 44_825.0
    private static let all = virtual + subnet + exit + physical
    /// Records of the first capture.
    private static let records = 18_702.0
    /// Entries of the second capture, all classes.
    private static let secondAll = 120_901.0

    /// All published figures.
    public static let items: [Item] = [
        Item(key: "classes.virtual", value: virtual / all, meaning: "20,233 of 104,476 entries"),
        Item(key: "classes.subnet", value: subnet / all, meaning: "38,914 of 104,476 entries"),
        Item(key: "classes.exit", value: exit / all, meaning: "504 of 104,476 entries"),
        Item(key: "classes.physical", value: physical / all, meaning: "44,825 of 104,476 entries"),
        Item(key: "connections.mean", value: all / records, meaning: "104,476 entries in 18,702 records"),
        Item(key: "window.min", value: 5, meaning: "shortest window, in whole seconds"),
        Item(key: "window.mean", value: 5.1, meaning: "mean window"),
        Item(key: "window.max", value: 812, meaning: "longest window: a machine that slept"),
        Item(key: "logged-start.min", value: 5, meaning: "least time from a window's start to logging, whole seconds"),
        Item(key: "logged-start.mean", value: 7.5, meaning: "mean time from a window's start to logging"),
        Item(key: "logged-start.max", value: 852, meaning: "most time from a window's start to logging"),
        Item(key: "logged-end.mean", value: 2.4, meaning: "difference of the two means above"),
        Item(
            key: "configuration.delay.mean", value: 1.276,
            meaning: "mean time from eventTime to logged of the 20 records in a published export to object storage"),
        Item(key: "presence.srcNode", value: 1, meaning: "records with srcNode"),
        Item(key: "presence.dstNodes", value: 0.991, meaning: "records with dstNodes"),
        Item(key: "exit.src", value: 0.53, meaning: "exit entries with src"),
        Item(key: "exit.dst", value: 0, meaning: "exit entries with dst: 0 of 504"),
        Item(key: "exit.neither", value: 0.47, meaning: "exit entries with neither end"),
        Item(key: "exit.proto", value: 0, meaning: "exit entries with a protocol: 0 of 504"),
        Item(key: "derp.entries", value: 0.116, meaning: "physical entries that go through DERP"),
        Item(key: "derp.bytes", value: 0.004, meaning: "physical bytes that go through DERP"),
        Item(
            key: "traffic.return", value: 0.37,
            meaning: "connections that the policy explains only with their ends exchanged; here judged by ports"),
        Item(key: "all.ported", value: 71_253 / secondAll, meaning: "TCP and UDP: 71,253 of 120,901 entries"),
        Item(key: "all.icmp", value: 1_884 / secondAll, meaning: "ICMP: 1,884 of 120,901 entries"),
        Item(key: "all.tsmp", value: 1_340 / secondAll, meaning: "TSMP: 1,340 of 120,901 entries"),
    ]

    static func value(_ key: String) -> Double? { items.first { $0.key == key }?.value }
}
