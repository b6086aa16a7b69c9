using RnnGen.Runtime;
using Xunit.Abstractions;

namespace RnnGen.Tests.Memory.Workers;

/// <summary>
/// The life of a worker team in every order of its threads' steps: none hangs, no share touches memory that its caller has let go, nothing is lost. And the
/// faults that there were, or might be, are found.
/// </summary>
public sealed class WorkerTeamModelTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void A_team_may_be_disposed_of_at_any_moment_of_its_runs(int size, int runs) => Holds(RunAndDispose(size, runs));

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void An_interrupt_of_the_caller_is_neither_heeded_too_early_nor_lost(int size, int runs) => Holds(explorer =>
    {
        var model = new Model(explorer, size);
        Explorer.Participant caller = explorer.Running;
        int sent = explorer.Variable();
        explorer.Start(() =>
        {
            explorer.Take(StepKind.Exchange, caller.Pending, 1);
            explorer.Take(StepKind.Exchange, sent, 1);
        });
        for (int run = 0; run < runs; run++)
            model.Expect(model.Run());
        explorer.Take(StepKind.Await, sent, 1);
        if (explorer.Take(StepKind.Read, caller.Pending) != 1)
            explorer.Fail("The interrupt was lost");
        model.Team.Dispose();
    });

    [Fact]
    public void An_interrupt_of_a_worker_is_ignored() => Holds(explorer =>
    {
        var model = new Model(explorer, 2);
        Explorer.Participant worker = model.LatestStarted;
        explorer.Start(() => explorer.Take(StepKind.Exchange, worker.Pending, 1));
        model.Expect(model.Run());
        model.Expect(model.Run());
        model.Team.Dispose();
    });

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void What_a_share_throws_reaches_the_caller_and_the_team_goes_on(bool workerThrows, bool callerThrows) => Holds(explorer =>
    {
        var model = new Model(explorer, 3) { Throws = place => place == 0 ? callerThrows : workerThrows };
        Exception? failure = model.Run();
        if (failure is not ShareException share || (callerThrows && share.Place != 0) || (!callerThrows && share.Place == 0))
            explorer.Fail($"Expected the exception of a share, got {failure}");
        model.Throws = _ => false;
        model.Expect(model.Run());
        model.Team.Dispose();
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_share_may_dispose_of_its_own_team(int place) => Holds(explorer =>
    {
        Model? model = null;
        model = new Model(explorer, 3) { Inside = at => (at == place ? model!.Team : null)?.Dispose() };
        model.Expect(model.Run());
        if (model.Run() is not ObjectDisposedException)
            explorer.Fail("A run after the end was not refused");
    });

    [Fact]
    public void Of_two_callers_one_is_inside() => Holds(explorer =>
    {
        var model = new Model(explorer, 2);
        int done = explorer.Variable();
        explorer.Start(() =>
        {
            model.Expect(model.Run(), typeof(InvalidOperationException));
            explorer.Take(StepKind.Exchange, done, 1);
        });
        model.Expect(model.Run(), typeof(InvalidOperationException));
        explorer.Take(StepKind.Await, done, 1);
        model.Expect(model.Run());
        model.Team.Dispose();
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_number_of_threads_changes_between_runs_or_is_refused(int size) => Holds(explorer =>
    {
        var model = new Model(explorer, 2);
        int done = explorer.Variable();
        explorer.Start(() =>
        {
            model.Expect(Record.Exception(() => model.Team.Resize(size, _ => { })), typeof(InvalidOperationException));
            explorer.Take(StepKind.Exchange, done, 1);
        });
        model.Expect(model.Run(), typeof(InvalidOperationException));
        explorer.Take(StepKind.Await, done, 1);
        model.Team.Dispose();
    });

    [Fact]
    public void A_team_may_be_disposed_of_while_the_number_of_its_threads_changes() => Holds(explorer =>
    {
        var model = new Model(explorer, 2);
        explorer.Start(model.Team.Dispose);
        model.Expect(Record.Exception(() => model.Team.Resize(3, _ => { })), typeof(ObjectDisposedException));
    });

    [Fact]
    public void A_team_may_end_before_its_threads_begin() => Holds(explorer => new Model(explorer, 4).Team.Dispose());

    [Fact]
    public void Threads_that_cannot_be_started_leave_the_team_as_it_was() => Holds(
        explorer =>
        {
            var model = new Model(explorer, 2);
            var failure = Assert.Throws<OutOfMemoryException>(() => model.Team.Resize(4, _ => { }));
            Assert.Equal("Threads: expected to start 3 beside the caller's, got 1", failure.Message);
            Assert.Equal(2, model.Team.Size);
            model.Expect(model.Run());
            model.Team.Dispose();
        },
        HostFault.StartsOneThread);

    [Theory]
    [InlineData(nameof(HostFault.EntersInTwoSteps))]
    [InlineData(nameof(HostFault.EndsAtOnce))]
    [InlineData(nameof(HostFault.LeavesUnaware))]
    [InlineData(nameof(HostFault.CountsInTwoSteps))]
    [InlineData(nameof(HostFault.NotesLate))]
    public void A_host_that_does_not_keep_what_the_protocol_rests_on_is_found_out(string fault) =>
        Fails(RunAndDispose(size: 3, runs: 2), Enum.Parse<HostFault>(fault));

    [Fact]
    public void The_former_team_without_its_faults_would_have_held()
    {
        Holds(Former(FormerFault.None, interrupts: false));
        Holds(Former(FormerFault.None, interrupts: true));
    }

    [Theory]
    [InlineData(nameof(FormerFault.LooksBeforeEntering), false)]
    [InlineData(nameof(FormerFault.WaitsInterruptibly), true)]
    [InlineData(nameof(FormerFault.ResetsBlindly), false)]
    [InlineData(nameof(FormerFault.EndsAtOnce), false)]
    public void The_former_teams_faults_are_found(string fault, bool interrupts) => Fails(Former(Enum.Parse<FormerFault>(fault), interrupts));

    private static Action<Explorer> RunAndDispose(int size, int runs) => explorer =>
    {
        var model = new Model(explorer, size);
        explorer.Start(model.Team.Dispose);
        for (int run = 0; run < runs; run++)
            model.Expect(model.Run(), typeof(ObjectDisposedException));
    };

    private static Action<Explorer> Former(FormerFault fault, bool interrupts) => explorer =>
    {
        var memory = new ModelMemory(explorer);
        var team = new FormerTeam(explorer, fault);
        team.Start();
        Explorer.Participant caller = explorer.Running;
        explorer.Start(interrupts ? () => explorer.Take(StepKind.Exchange, caller.Pending, 1) : team.End);
        for (int run = 0; run < 2; run++)
        {
            memory.Take();
            try
            {
                team.Run(_ => memory.Use());
            }
            catch (ThreadInterruptedException)
            {
            }
            finally
            {
                memory.Release();
            }
        }

        if (interrupts)
            team.End();
    };

    /// <summary>
    /// The most executions of a scenario: the smaller ones end earlier, of the larger ones a part is gone through, and what is logged says so.
    /// <c>RNNGEN_MODEL_EXECUTIONS</c> sets another number: 70,000 are enough for both interrupts of a caller, half a minute each.
    /// </summary>
    private static readonly int Limit = int.TryParse(Environment.GetEnvironmentVariable("RNNGEN_MODEL_EXECUTIONS"), out int limit) ? limit : 1000;

    private void Holds(Action<Explorer> scenario, HostFault fault = HostFault.None)
    {
        (string? failure, int executions, int states) = Explorer.Explore(scenario, fault, Limit);
        log.WriteLine($"{executions} executions, {states} states{(executions == Limit ? ", not all" : "")}");
        Assert.Null(failure);
    }

    private void Fails(Action<Explorer> scenario, HostFault fault = HostFault.None)
    {
        (string? failure, int executions, int states) = Explorer.Explore(scenario, fault);
        log.WriteLine($"{executions} executions, {states} states: {failure}");
        Assert.NotNull(failure);
        Assert.True(failure.StartsWith("All threads wait", StringComparison.Ordinal) || failure.StartsWith("A share", StringComparison.Ordinal), failure);
    }

    private sealed class ShareException(int place) : Exception
    {
        public int Place => place;
    }

    /// <summary>A caller's memory, which shares may use for as long as it is held.</summary>
    private sealed class ModelMemory(Explorer explorer)
    {
        private readonly int _held = explorer.Variable();

        public void Take() => explorer.Take(StepKind.Exchange, _held, 1);

        public void Release() => explorer.Take(StepKind.Exchange, _held, 0);

        public void Use()
        {
            if (explorer.Take(StepKind.Read, _held) == 0)
                explorer.Fail("A share uses memory that its caller has let go");
        }
    }

    /// <summary>A network, as the team sees it.</summary>
    private sealed class Model
    {
        private readonly Explorer _explorer;

        public Model(Explorer explorer, int size)
        {
            _explorer = explorer;
            Team = new WorkerTeam<ModelHost>("model");
            Team.Resize(size, _ => { });
            LatestStarted = explorer.LatestStarted;
        }

        public WorkerTeam<ModelHost> Team { get; }

        public Explorer.Participant LatestStarted { get; }

        public Func<int, bool> Throws { get; set; } = _ => false;

        public Action<int> Inside { get; init; } = _ => { };

        /// <summary>A run, as networks and tapes go about it; null where it succeeded.</summary>
        public Exception? Run()
        {
            var memory = new ModelMemory(_explorer);
            bool entered = false;
            try
            {
                Team.Enter(ref entered);
                int[] shares = new int[Team.Size];
                memory.Take();
                try
                {
                    Team.Run(place =>
                    {
                        memory.Use();
                        Inside(place);
                        if (Throws(place))
                            throw new ShareException(place);
                        shares[place]++;
                        memory.Use();
                    });
                }
                finally
                {
                    memory.Release();
                }

                if (shares.Any(count => count != 1))
                    _explorer.Fail($"A share was done {string.Join(", ", shares)} times");
                return null;
            }
            catch (Exception failure) when (failure is ShareException or InvalidOperationException)
            {
                return failure;
            }
            finally
            {
                if (entered)
                    Team.Exit();
            }
        }

        public void Expect(Exception? failure, Type? allowed = null)
        {
            if (failure is not null && failure.GetType() != allowed)
                _explorer.Fail($"Unexpected: {failure}");
        }
    }
}
