using Fovea.Inference;

namespace Fovea.Tests.Inference;

/// <summary>Who waits for whom while sessions are made and disposed.</summary>
public sealed class SharedSessionsTests : IDisposable
{
    private readonly List<string> _events = [];
    private readonly SharedSessions<string, Session> _sessions;

    public SharedSessionsTests() => _sessions = new SharedSessions<string, Session>("Owner", () => Note("freed"));

    public void Dispose() => _sessions.Dispose();

    [Fact]
    public async Task A_session_that_is_there_is_used_while_another_is_made()
    {
        Make("quick");
        using ManualResetEventSlim begun = new(), used = new();
        Task slow = Task.Run(() => _sessions.Use("slow", () =>
        {
            begun.Set();
            used.Wait();
            return new Session(this, "slow");
        }, _ => 0));
        begun.Wait();
        Assert.Equal(1, _sessions.Use("quick", () => throw new InvalidOperationException("it is there"), _ => 1));
        used.Set();
        await slow;
    }

    [Fact]
    public void Callers_of_one_key_share_one_session()
    {
        Session[] found = new Session[8];
        Parallel.For(0, found.Length, caller => found[caller] = _sessions.Use("one", () => new Session(this, "one"), session => session));
        Assert.Single(found.Distinct());
        Assert.Equal(["made one"], _events);
    }

    [Fact]
    public void A_session_that_could_not_be_made_is_tried_again()
    {
        Assert.Throws<InvalidOperationException>(() => _sessions.Use<int>("one", () => throw new InvalidOperationException("no memory"), _ => 0));
        Assert.Equal(7, _sessions.Use("one", () => new Session(this, "one"), _ => 7));
    }

    [Fact]
    public void A_failed_use_leaves_the_session()
    {
        Assert.Throws<InvalidOperationException>(() => _sessions.Use<int>("one", () => new Session(this, "one"), _ => throw new InvalidOperationException("cancelled")));
        Make("one");
        Assert.Equal(["made one"], _events);
    }

    [Fact]
    public void Who_is_inside_finishes_before_anything_is_freed()
    {
        Make("other");
        _sessions.Use("one", () => new Session(this, "one"), _ =>
        {
            _sessions.Dispose();
            Assert.DoesNotContain("freed", _events);
            return 0;
        });
        Assert.Equal(["made other", "made one", "disposed other", "disposed one", "freed"], _events);
    }

    [Fact]
    public void Disposing_while_one_is_made_frees_it_too()
    {
        _sessions.Use("one", () =>
        {
            _sessions.Dispose();
            return new Session(this, "one");
        }, _ => 0);
        Assert.Equal(["made one", "disposed one", "freed"], _events);
    }

    [Fact]
    public void After_disposal_the_owner_is_named()
    {
        _sessions.Dispose();
        _sessions.Dispose();
        Assert.Equal("Owner", Assert.Throws<ObjectDisposedException>(() => Make("one")).ObjectName);
        Assert.Equal(["freed"], _events);
    }

    private void Make(string name) => _sessions.Use(name, () => new Session(this, name), _ => 0);

    private void Note(string happened)
    {
        lock (_events) _events.Add(happened);
    }

    private sealed class Session : IDisposable
    {
        private readonly SharedSessionsTests _test;
        private readonly string _name;

        public Session(SharedSessionsTests test, string name)
        {
            (_test, _name) = (test, name);
            test.Note($"made {name}");
        }

        public void Dispose() => _test.Note($"disposed {_name}");
    }
}
