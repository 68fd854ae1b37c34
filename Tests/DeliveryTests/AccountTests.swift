import Delivery
import Testing

/// The account, and its keeper.
@Suite("Account", .timeLimit(.minutes(15))) struct AccountTests {
    @Test("Every record is in one state at every moment") func everyRecordIsInOneStateAtEveryMoment() {
        let keeper = AccountKeeper()
        let steps: [(AccountKeeper) -> Void] = [
            { $0.submit(records: 10) },
            { $0.submit(records: 5) },
            { $0.submit(records: 3) },
            { $0.attempt(.answerLost, isRetry: false, wireBytes: 70) },
            { $0.attempt(.answered(answer(200)), isRetry: true, duplicates: 10, wireBytes: 70) },
            { $0.settle(records: 10, bytes: 100, as: .acknowledged) },
            { $0.settle(records: 5, bytes: 50, as: .refused) },
        ]
        for step in steps {
            step(keeper)
            #expect(keeper.account.isBalanced)
            #expect(keeper.account.lost == keeper.account.inFlight)
        }
        let before = keeper.account
        #expect(before.inFlight == 3 && before.generated == 18 && before.refused == 5)
        #expect(before.possibleDuplicates == 10 && before.retries == 1 && before.brokenConnections == 1)
        #expect(before.bytes == 100 && before.wireBytes == 140)
        keeper.settle(records: 3, bytes: 30, as: .givenUp)
        #expect(keeper.account.isBalanced && keeper.account.lost == 0 && keeper.account.givenUp == 3)
    }

    @Test("An account that does not add up is seen") func anAccountThatDoesNotAddUpIsSeen() {
        var account = Account()
        account.generated = 2
        account.acknowledged = 1
        #expect(!account.isBalanced && account.lost == 1)
        account.acknowledged = 3
        account.inFlight = -1
        #expect(!account.isBalanced)
    }

    @Test("Statuses are counted in ascending order") func statusesAreCountedInAscendingOrder() {
        let keeper = AccountKeeper()
        for status in [503, 200, 429, 200, 503, 200] {
            keeper.attempt(.answered(answer(status)), isRetry: false, wireBytes: 0)
        }
        #expect(keeper.account.statusCounts.map(\.status) == [200, 429, 503])
        #expect(keeper.account.statusCounts.map(\.count) == [3, 1, 2])
    }

    @Test("Kinds of failure are kept with their first text up to a limit")
    func kindsOfFailureAreKeptWithTheirFirstTextUpToALimit() {
        let keeper = AccountKeeper()
        func fail(_ kind: String, _ text: String) {
            keeper.attempt(
                .notSent, isRetry: false, wireBytes: 0, failure: Account.Failure(kind: kind, text: text))
        }
        fail("a", "first a")
        fail("a", "second a")
        for number in 1...9 { fail("\(number)", "text \(number)") }
        fail("9", "text 9")
        let failures = keeper.account.failures
        #expect(failures.count == 9)
        #expect(failures.first?.description == "first a (2 times)")
        #expect(failures.last?.description == "other failures (3 times)")
    }

    @Test("Accounts of two receivers add up") func accountsOfTwoReceiversAddUp() {
        let keepers = [AccountKeeper(), AccountKeeper()]
        for (index, keeper) in keepers.enumerated() {
            keeper.submit(records: 4)
            keeper.attempt(
                .answered(answer(500 - index)), isRetry: false, duplicates: 1, wireBytes: 9,
                failure: Account.Failure(kind: "refused", text: "refused by \(index)"))
            keeper.settle(records: 4, bytes: 8, as: index == 0 ? .acknowledged : .givenUp)
        }
        var sum = keepers[0].account
        sum += keepers[1].account
        #expect(sum.isBalanced && sum.generated == 8 && sum.acknowledged == 4 && sum.givenUp == 4)
        #expect(sum.possibleDuplicates == 2 && sum.wireBytes == 18 && sum.bytes == 8 && sum.requests == 2)
        #expect(sum.statusCounts.map(\.status) == [499, 500])
        #expect(sum.failures.map(\.text) == ["refused by 0", "refused by 1"])
    }
}
