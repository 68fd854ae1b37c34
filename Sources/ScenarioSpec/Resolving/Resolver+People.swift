import ByteText
import SimTime
import TailnetControl
import TailnetModel

extension Resolver {
    mutating func readUsers(_ entries: [ScenarioEntry]) {
        var owner: String?
        for entry in entries {
            guard let name = entry.text("name") else { continue }
            let login = entry.text("login") ?? "\(name)@\(tailnet.organization)"
            if userIndex[name] != nil || userGroups[name] != nil {
                problems.add("there are two users named \"\(name)\"", at: entry.place("name"))
                continue
            }
            if userIndex[login] != nil {
                problems.add("two users have the login \"\(login)\"", at: entry.place("login"))
                continue
            }
            let role = entry.choice("role", UserRole.self) ?? .member
            if role == .owner {
                if let owner {
                    problems.add("a tailnet has one owner, and that is \(owner)", at: entry.place("role"))
                }
                owner = name
            }
            guard users.count + (entry.number("count") ?? 1) <= ScenarioLimits.nodes else {
                problems.add(
                    "with these users there are more than \(ScenarioLimits.nodes), the limit",
                    at: entry.place("count"))
                continue
            }
            checkLogin(login, entry)
            guard let count = entry.number("count") else {
                userIndex[login] = users.count
                addUser(entry, name: name, login: login, displayName: entry.text("displayName"))
                continue
            }
            if role == .owner || entry.has("login") || entry.has("displayName") {
                problems.add(
                    "users with a count cannot have a login or displayName, or be the owner", at: entry.place("count"))
            }
            userGroups[name] = Array(users.count..<users.count + count)
            for number in 1...count {
                let single = "\(name)-\(number)"
                userIndex["\(single)@\(tailnet.organization)"] = users.count
                addUser(entry, name: single, login: "\(single)@\(tailnet.organization)", displayName: nil)
            }
        }
    }

    /// Tells of a login that gets too long because the name and the organization make it.
    private mutating func checkLogin(_ login: String, _ entry: ScenarioEntry) {
        // A count adds a number to the name.
        let most = ScenarioLimits.login - (entry.number("count").map { "-\($0)".utf8.count } ?? 0)
        guard login.utf8.count > most else { return }
        problems.add(
            "the login \(login.shortened) has \(login.utf8.count) characters; the limit is \(most); write a shorter name or "
                + "organization", at: entry.place("login"))
    }

    private mutating func addUser(_ entry: ScenarioEntry, name: String, login: String, displayName: String?) {
        userIndex[name] = users.count
        users.append(
            User(
                key: name, login: login, displayName: displayName ?? name.capitalizedWords,
                role: entry.choice("role", UserRole.self) ?? .member, number: numbering.number(.user, name),
                timeZone: entry.timeZone("timeZone") ?? .utc,
                created: span.start - numbering.age(.user, name, days: 200...900)))
        let hours = entry.hours("hours") ?? (.hours(9), .minutes(17 * 60 + 30))
        workingHours.append(
            WorkingHours(start: hours.start, end: hours.end, weekends: entry.flag("weekends") ?? false))
    }

    /// The index of the user of that name or login; nil and a problem where there is none.
    mutating func user(_ name: String, at place: SourceLocation) -> Int? {
        if let index = userIndex[name] { return index }
        if let group = userGroups[name] {
            problems.add("\"\(name)\" is \(group.count) users; name one, such as \"\(name)-1\"", at: place)
            return nil
        }
        problems.add("there is no user \"\(name)\"\(Suggestion.text(for: name, among: users.map(\.key)))", at: place)
        return nil
    }

    mutating func readOAuthClients(_ entries: [ScenarioEntry]) {
        for entry in entries {
            guard let name = entry.text("name") else { continue }
            if oauthClients.contains(where: { $0.key == name }) {
                problems.add("there are two OAuth clients named \"\(name)\"", at: entry.place("name"))
                continue
            }
            oauthClients.append(
                OAuthClient(
                    key: name, number: numbering.number(.key, name), scopes: entry.text("scopes") ?? "",
                    tokenEvery: entry.span("tokenEvery")))
        }
    }
}

extension String {
    /// `Ana Ruiz` for `ana-ruiz`.
    fileprivate var capitalizedWords: String {
        split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }
}
