import ByteText

extension PolicyDecoder {
    /// The longest check period that the service takes.
    private static let longestCheckPeriod = GoDuration(nanoseconds: 168 * 3_600_000_000_000)
    /// The shortest one.
    private static let shortestCheckPeriod = GoDuration(nanoseconds: 60_000_000_000)

    /// The rules of `ssh`.
    mutating func decodeSSH() {
        let known = [
            "action", "src", "dst", "users", "checkPeriod", "acceptEnv", "recorder", "enforceRecorder", "srcPosture",
            "description",
        ]
        for entry in elements(section("ssh"), of: "ssh") {
            guard let fields = fields(entry, of: "ssh", known: known) else { continue }
            let position = source.position(entry.range.lowerBound)
            let action = sshAction(word(fields["action"], of: "action"), position)
            var rule = SSHPolicyRule(position: position, action: action)
            rule.sources = sources(fields["src"])
            rule.destinations = sshDestinations(fields["dst"])
            rule.sourcePosture = postureNames(fields["srcposture"], of: "srcPosture")
            rule.users = sshUsers(fields["users"], position)
            rule.checkPeriodSeconds = checkPeriod(fields["checkperiod"])
            for variable in words(fields["acceptenv"], of: "acceptEnv") {
                if variable.text.isEmpty {
                    complain(PolicyMessage("acceptEnv values cannot be empty"), at: variable.position)
                }
                rule.acceptedVariables.append(variable.text)
            }
            rule.recorders = words(fields["recorder"], of: "recorder")
            rule.enforcesRecorder = fields["enforcerecorder"]?.bool ?? false
            checkSSHSides(rule)
            file.ssh.append(rule)
        }
    }

    private mutating func sshAction(_ word: PolicyWord?, _ position: TextPosition) -> SSHPolicyRule.Action {
        let text = word?.text ?? ""
        if let action = SSHPolicyRule.Action(rawValue: text) { return action }
        complain(
            PolicyMessage(text.isEmpty ? "action must be specified" : "\(text.quoted) is not a valid action"),
            at: word?.position ?? position)
        return .accept
    }

    /// SSH goes to tagged devices, to a person's own and to a user's, never to addresses.
    private mutating func sshDestinations(_ value: JSONValue?) -> [SelectedWord] {
        var destinations: [SelectedWord] = []
        for word in words(value, of: "dst") {
            do throws(PolicyMessage) {
                let selector = try PolicySelector(word.text, in: names)
                switch selector {
                case .tag, .user, .autogroup(.self), .autogroup(.member), .autogroup(.members), .autogroup(.tagged):
                    destinations.append(SelectedWord(word: word, selector: selector))
                default:
                    complain(PolicyDecoder.invalidSSHDestination(word), at: word.position)
                }
            } catch {
                complain(
                    word.text.hasPrefix("tag:")
                        ? error.prefixed("dst=\(word.text.quoted): ") : PolicyDecoder.invalidSSHDestination(word),
                    at: word.position)
            }
        }
        return destinations
    }

    private mutating func sshUsers(_ value: JSONValue?, _ position: TextPosition) -> [PolicyWord] {
        let users = words(value, of: "users")
        if users.isEmpty { complain(PolicyMessage("users must be specified"), at: position) }
        for user in users where user.text.isEmpty || user.text == "*" {
            complain(PolicyMessage("user \(user.text.quoted) is not valid"), at: user.position)
        }
        return users
    }

    private mutating func checkPeriod(_ value: JSONValue?) -> Int64? {
        guard let word = word(value, of: "checkPeriod") else { return nil }
        if word.text == "always" { return 0 }
        do throws(PolicyMessage) {
            let period = try GoDuration(word.text)
            // The service takes a period of nothing as none given.
            if period.nanoseconds == 0 { return nil }
            if period.nanoseconds < 0 {
                throw PolicyMessage("checkPeriod \(period.text) must be a positive duration")
            }
            if period.nanoseconds > PolicyDecoder.longestCheckPeriod.nanoseconds {
                throw PolicyMessage("checkPeriod \(period.text) is above the max (168h)")
            }
            if period.nanoseconds < PolicyDecoder.shortestCheckPeriod.nanoseconds {
                // The documentation asks for a minute at least; no refusal has been seen.
                let message = "checkPeriod \(period.text) is shorter than a minute"
                complain(PolicyMessage(message, isServiceMessage: false), at: word.position, severity: .warning)
            }
            return period.nanoseconds / 1_000_000_000
        } catch {
            complain(error, at: word.position)
            return nil
        }
    }

    private static func invalidSSHDestination(_ word: PolicyWord) -> PolicyMessage {
        PolicyMessage(
            "invalid dst \(word.text.quoted)",
            hint: "the destinations of SSH rules are tags, \"autogroup:self\" and single users, without ports")
    }
}
