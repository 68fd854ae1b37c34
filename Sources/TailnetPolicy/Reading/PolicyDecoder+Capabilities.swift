import ByteText

extension PolicyDecoder {
    /// The capabilities in the service's own domain that grants are known to give.
    ///
    /// The list is of what has been seen in use or is documented; the service's own list is not known.
    private static let grantable: Set<String> = [
        "databases", "drive", "golink", "kubernetes", "proxy-to-grafana", "relay", "secrets", "tsidp", "webui",
    ]
    /// Those that the service has been seen to refuse.
    private static let refused: Set<String> = ["funnel", "ingress", "relay-target"]

    /// Complains about the name of a capability that a grant cannot give; warns of one in the service's own domain that
    /// nothing is known of.
    mutating func checkCapability(_ member: JSONMember) {
        let position = source.position(member.keyRange.lowerBound)
        let parts = member.key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, parts[0].contains("."), !parts[0].contains(":") else {
            complain(PolicyMessage("capability name must have the form {domain}/{path}"), at: position)
            return
        }
        let domain = parts[0].lowercased()
        guard domain == "tailscale.com" || domain.hasSuffix(".tailscale.com") else { return }
        let name = domain == "tailscale.com" && parts[1].hasPrefix("cap/") ? String(parts[1].dropFirst(4)) : ""
        if PolicyDecoder.refused.contains(name) {
            complain(PolicyMessage("capability name must not be in the tailscale.com domain"), at: position)
        } else if !PolicyDecoder.grantable.contains(name) {
            complain(
                PolicyMessage(
                    "\(member.key.quoted) is a capability of Tailscale's own that mocktail does not know",
                    isServiceMessage: false, hint: "check its spelling; the service may refuse it"),
                at: position, severity: .warning)
        }
    }
}
