import ByteText

/// Who may use SSH to whom: people to their own devices and to tagged ones, tagged devices to tagged ones.
extension PolicyDecoder {
    private static let sameUser = "users in dst are only allowed from the same user"

    mutating func checkSSHSides(_ rule: SSHPolicyRule) {
        checkSSHSources(rule)
        for destination in rule.destinations {
            switch destination.selector {
            case .autogroup(.self): checkSSHSelf(destination, rule)
            case .user: checkSSHUser(destination, rule)
            case .autogroup(.member), .autogroup(.members): checkSSHMembers(destination, rule)
            default: break
            }
        }
    }

    private mutating func checkSSHSources(_ rule: SSHPolicyRule) {
        for source in rule.sources {
            switch source.selector {
            case .tag, .autogroup(.tagged):
                // There is nobody at a tagged device who could authenticate anew.
                if rule.action == .check {
                    complain(
                        PolicyMessage("\"check\" action does not support tags in src"), at: source.word.position)
                }
            case .any, .ipSet, .service, .addresses, .autogroup(.shared), .autogroup(.dangerAll):
                complain(
                    PolicyMessage(
                        "\(source.word.text.quoted) is not documented as a source of SSH; the service may refuse it",
                        isServiceMessage: false, hint: "write users, groups, tags or \"autogroup:member\""),
                    at: source.word.position, severity: .warning)
            default: break
            }
        }
    }

    private mutating func checkSSHSelf(_ own: SelectedWord, _ rule: SSHPolicyRule) {
        if rule.sources.allSatisfy({ $0.selector.isOfUsers || $0.selector == .any }) { return }
        complain(
            PolicyMessage("autogroup:self can only be used with users, groups, or supported autogroups"),
            at: own.word.position)
    }

    /// A user's devices are a destination for this user alone.
    private mutating func checkSSHUser(_ destination: SelectedWord, _ rule: SSHPolicyRule) {
        if rule.sources.allSatisfy({ $0.selector == destination.selector }) { return }
        complain(
            PolicyMessage(
                PolicyDecoder.sameUser,
                hint: "\"autogroup:self\" are the devices of whoever connects; tag devices that others may use"),
            at: destination.word.position)
    }

    /// No tagged device reaches a user's; whether people may reach all of them is not known.
    private mutating func checkSSHMembers(_ destination: SelectedWord, _ rule: SSHPolicyRule) {
        let isFromTagged = rule.sources.contains { $0.selector.isTagged }
        complain(
            isFromTagged
                ? PolicyMessage(PolicyDecoder.sameUser, isServiceMessage: false)
                : PolicyMessage(
                    "SSH to the devices of all users is not documented; the service may refuse it",
                    isServiceMessage: false, hint: "\"autogroup:self\" are the devices of the same user"),
            at: destination.word.position, severity: isFromTagged ? .error : .warning)
    }
}

extension PolicySelector {
    /// Whether the selector is of tagged devices.
    fileprivate var isTagged: Bool {
        switch self {
        case .tag, .autogroup(.tagged): true
        default: false
        }
    }
}
