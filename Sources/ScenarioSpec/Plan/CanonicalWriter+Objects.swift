import TailnetControl
import TailnetModel

extension CanonicalWriter {
    /// An object's lines: what it is, what is done to it, and the values that records show.
    mutating func write(
        _ change: ObjectChange, finding found: TailnetObjects, _ changes: [AuditChange], of plan: Plan
    ) {
        let organization = plan.tailnet.organization
        switch change {
        case .webhook(let step, let name):
            switch step {
            case .create(let subscriptions): write("webhook", "create", name, title: name, new: subscriptions.jsonList)
            case .subscribe(let subscriptions):
                write(
                    "webhook", "update", name, title: name, old: found.webhooks[name]?.jsonList,
                    new: subscriptions.jsonList)
            case .rotate: write("webhook", "rotate", name, title: name)
            case .delete: write("webhook", "delete", name, title: name)
            }
        case .logStream(let step, let log):
            let verb =
                switch step {
                case .create: "create"
                case .update: "update"
                case .repoint: "repoint"
                case .delete: "delete"
                }
            write("log-stream", verb, log, title: organization, old: changes.last?.old, new: changes.first?.new)
        case .postureIntegration(let step, let provider):
            let verb =
                switch step {
                case .create: "create"
                case .update: "update"
                case .delete: "delete"
                }
            write(
                "posture-integration", verb, provider, title: organization, old: changes.last?.old,
                new: changes.first?.new)
        case .lockKey(let step, let name):
            switch step {
            case .create: write("lock-key", "create", name, title: organization)
            case .update: write("lock-key", "update", name, title: organization, old: "{}")
            case .delete: write("lock-key", "delete", name, title: organization, old: "{}")
            }
        case .share(let step, let name): write(step, name, found.shares[name])
        case .invite(let step, let name): write(step, name, found.invites[name])
        }
    }

    private mutating func write(_ step: ObjectChange.Share, _ name: String, _ found: NodeShare?) {
        func write(_ verb: String, _ share: NodeShare?, new: String? = nil) {
            self.write("share", verb, name, title: share?.label ?? name, node: share?.node, new: new)
        }
        switch step {
        case .create(let share): write("create", share, new: share.json)
        case .resend: write("resend", found)
        case .accept: write("accept", found)
        case .update: write("update", found)
        case .end: write("delete", found)
        case .cancel: write("cancel", found)
        }
    }

    private mutating func write(_ step: ObjectChange.Invite, _ name: String, _ found: TailnetInvite?) {
        func write(_ verb: String, _ invite: TailnetInvite?, new: String? = nil) {
            self.write("invite", verb, name, title: invite?.label ?? name, new: new)
        }
        switch step {
        case .create(let invite): write("create", invite, new: invite.json)
        case .resend: write("resend", found)
        case .accept: write("accept", found)
        case .cancel: write("cancel", found)
        }
    }

    private mutating func write(
        _ kind: String, _ step: String, _ name: String, title: String, node: Int? = nil, old: String? = nil,
        new: String? = nil
    ) {
        line("object", kind)
        line("step", step)
        line("name", name)
        line("title", title)
        line("node", node)
        write("old", old)
        write("new", new)
    }
}
