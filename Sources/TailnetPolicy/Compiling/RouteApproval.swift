public import TailnetModel

extension CompiledPolicy {
    /// Whether `autoApprovers` lets a device have a route without an admin's approval.
    ///
    /// It acts when the device advertises the route, not when the file changes. A route is approved within a larger
    /// one; being an exit node is a matter of `exitNode` alone, whatever `routes` says about `0.0.0.0/0`.
    public func isAutoApproved(_ route: IPPrefix, of node: Int) -> Bool {
        if route.isDefaultRoute { return isApprover(file.exitNodeApprovers, node) }
        return file.routeApprovers.contains { approver in
            !approver.prefix.isDefaultRoute && approver.prefix.contains(route) && isApprover(approver.approvers, node)
        }
    }

    private func isApprover(_ approvers: [PolicyWord], _ node: Int) -> Bool {
        let names = PolicyNames(of: file)
        return approvers.contains { word in
            (try? PolicySelector(word.text, in: names)).map { resolver.matches($0, node: node) } ?? false
        }
    }
}
