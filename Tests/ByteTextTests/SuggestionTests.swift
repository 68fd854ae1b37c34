import ByteText
import Testing

@Suite("Names that were probably meant")
struct SuggestionTests {
    private let kinds = ["beaconing", "dns-tunnel", "port-22-spike", "slow-scan", "vertical-scan"]

    @Test(
        "The nearest name is found, whatever the case",
        arguments: [
            ("beaconign", "beaconing"), ("DNS-tunel", "dns-tunnel"), ("slowscan", "slow-scan"),
            ("port-23-spike", "port-22-spike"), ("vertcal-scan", "vertical-scan"),
        ])
    func nearest(written: String, meant: String) {
        #expect(Suggestion.nearest(to: written, among: kinds) == meant)
    }

    @Test(
        "A beginning is enough", arguments: [("beacon", "beaconing"), ("port", "port-22-spike"), ("dns", "dns-tunnel")])
    func beginnings(written: String, meant: String) {
        #expect(Suggestion.nearest(to: written, among: kinds) == meant)
    }

    @Test("Of several names that begin so, the shortest is meant")
    func shortest() {
        #expect(
            Suggestion.nearest(to: "tag:data", among: ["tag:database", "tag:datalake", "tag:data-1"]) == "tag:data-1")
    }

    @Test(
        "Other words have no nearest name",
        arguments: ["", "x", "be", "scan", String(repeating: "beaconing", count: 20)])
    func none(written: String) {
        #expect(Suggestion.nearest(to: written, among: kinds) == nil)
    }

    @Test("A few names are listed where none is near, many are not")
    func text() {
        #expect(Suggestion.text(for: "beacon", among: kinds) == "; did you mean \"beaconing\"?")
        #expect(Suggestion.text(for: "xyz", among: ["a", "b"]) == "; there are a, b")
        #expect(Suggestion.text(for: "xyz", among: ["a"]) == "; there is a")
        #expect(Suggestion.text(for: "xyz", among: (0..<13).map { "name\($0)" }) == "")
    }
}
