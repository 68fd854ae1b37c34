import TailnetModel
import TailnetPolicy
import Testing

@Suite("Route approval") struct RouteApprovalTests {
    @Test("Approves within a route for its approvers") func approvesWithinARouteForItsApprovers() throws {
        let policy = try PolicyFixture.compiled(
            """
            "autoApprovers": {
              "routes": {"10.0.0.0/8": ["tag:router", "group:dev"], "0.0.0.0/0": ["tag:web"]}, "exitNode": ["tag:exit"],
            }
            """)
        let approves = { (route: String, node: Int) in policy.isAutoApproved(try #require(IPPrefix(route)), of: node) }
        #expect(try approves("10.1.0.0/16", PolicyFixture.router))
        #expect(try approves("10.0.0.0/8", PolicyFixture.benLaptop))
        #expect(try !approves("10.0.0.0/7", PolicyFixture.router))
        #expect(try !approves("10.1.0.0/16", PolicyFixture.exit))
        #expect(try approves("::/0", PolicyFixture.exit))
        #expect(try !approves("0.0.0.0/0", PolicyFixture.web))
        #expect(try !approves("192.168.1.0/24", PolicyFixture.web))
    }
}
