using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Equations;

namespace RnnGen.Generator.Tests.Programs;

/// <summary>
/// The three ways through a network are one computation: what a batch's loops compute is what the tape's keep and what a stream computes step by step, on every
/// instruction set's own plan, for whatever sizes, masks, directions and shares. That the tape's is right is a matter of <see cref="LayerGradientTests"/>.
/// </summary>
public sealed class ProgramTests
{
    private const int InputSize = 3;
    private const double Tolerance = 1e-12;

    /// <summary>One step; even and odd numbers of them; more than are treated at once; sequences that fill no group, and more than one.</summary>
    private static readonly (int Steps, int Batch)[] Sizes = [(1, 1), (2, 3), (5, 2), (37, 1), (3, 17)];

    public static TheoryData<string> Networks =>
    [
        .. Cases.Recurrent, .. Cases.PerStep, .. Cases.SeveralParts, .. Cases.Behind("Rnn Units=3"), .. Cases.Joins, .. Cases.Graphs, .. Cases.Outputs, .. Cases.GraphsToEnds,
        "Lstm Units=5 Direction=Bidirectional|Gru Units=3 Direction=Bidirectional Merge=Sum|Rnn Units=4 Direction=Reverse|Dense Units=3|Skip",
        "Gru Units=4 Direction=Bidirectional|Dropout Rate=0.5|Gru Units=4 Direction=Bidirectional|LastStep|Dense Units=2 Activation=Softmax",
        "Conv1D Units=4 KernelSize=3 Dilation=2|Rnn Units=5 LearnedState=true RecurrentDropout=0.5|Dense Units=2 Activation=Sigmoid",
        "Lstm Units=3|MeanPool|Dense Units=2", "Rnn Units=3 Direction=Bidirectional|MaxPool|Dense Units=2", "Rnn Units=3 Direction=Reverse|LastStep",
        "Lstm Units=40|Gru Units=20 Reset=BeforeProduct|Dense Units=19", "Gru Units=3|Gru Units=3|Gru Units=3", "Conv1D Units=3 KernelSize=2|MeanPool",
        "Conv1D Units=3 KernelSize=3 Padding=Same|Conv1D Units=4 KernelSize=4 Dilation=2 Padding=Same|Dense Units=2|Skip",
        "Gru Units=4 Direction=Bidirectional|Dropout Rate=0.5|Conv1D Units=3 KernelSize=5 Padding=Same|Add From=conv1d2,input|LastStep",
        "Conv1D Units=3 KernelSize=3 Padding=Same|Rnn Units=3 Direction=Reverse|Conv1D Units=3 KernelSize=2 Dilation=3 Padding=Same From=rnn1,conv1d0,input|MeanPool",
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_batch_gives_what_the_tape_keeps(string network)
    {
        var plan = Plan(network);
        foreach (var (steps, batch) in Sizes)
        {
            var memory = Memory(plan, steps, batch, mask: true);
            memory.HasStates = true;
            var states = States(memory);
            var interpreter = new ProgramInterpreter(memory);
            interpreter.RunBatch();
            Frames(memory).CopyTo(memory.Region(plan.Tape!.InputRegion), 0);
            SetInitial(memory, states);
            interpreter.Forward();
            Close(Outputs(memory), memory.Of(Ir.Programs.Memory.BatchOutputs)[..(Rows(memory) * plan.OutputSize)].ToArray(), $"{steps} × {batch}");
            Close(Final(memory), StatesOf(memory), $"states, {steps} × {batch}");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_stream_gives_what_a_batch_gives(string network)
    {
        var plan = Plan(network);
        const int Steps = 7;
        if (!plan.Steppable)
            return;
        foreach (var target in plan.Targets)
        {
            var memory = Memory(plan, Steps, 1, mask: false);
            memory.HasStates = true;
            var state = States(memory);
            var interpreter = new ProgramInterpreter(memory) { Target = target };
            interpreter.RunBatch();
            var outputs = new double[plan.ManyToOne ? plan.OutputSize : Steps * plan.OutputSize];
            interpreter.RunStream(state, Frames(memory), outputs, Steps);
            Close(memory.Of(Ir.Programs.Memory.BatchOutputs)[..outputs.Length].ToArray(), outputs, target.Target.Name);
            var left = StatesOf(memory);
            state.CopyTo(memory.Of(Ir.Programs.Memory.BatchStates));
            Close(left, StatesOf(memory), $"state, {target.Target.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Shares_of_the_sequences_give_what_all_together_give(string network)
    {
        var plan = Plan(network);
        if (!plan.Tape!.SplitsBackward)
            return;
        var whole = Trained(plan, [(0, 5)], threads: 1);
        var shares = Trained(plan, [(0, 2), (2, 3)], threads: 3);
        Close(whole, shares, "regions and gradients");
    }

    /// <summary>Everything that a pass and its gradients leave, when views go through it one after the other and threads take the blocks in turn.</summary>
    private static double[] Trained(NetworkPlan plan, (int First, int Count)[] views, int threads)
    {
        var memory = Memory(plan, 4, 5, mask: true);
        Frames(memory).CopyTo(memory.Region(plan.Tape!.InputRegion), 0);
        SetInitial(memory, States(memory));
        var program = plan.Program.Tape!;
        var interpreter = new ProgramInterpreter(memory);
        interpreter.Run(program.PrepareForward);
        EachView(program.Forward);
        var gradients = memory.Region(plan.Tape!.LogitGradientRegion);
        for (int index = 0; index < gradients.Length; index++)
            gradients[index] = index % plan.Tape.Regions[plan.Tape.LogitGradientRegion].Stride < plan.OutputSize ? Math.Sin(index) : 0;
        interpreter.Run(program.PrepareBackward);
        EachView(program.Backward);
        for (int thread = 0; thread < threads; thread++)
        {
            int block = 0, taker = thread;
            interpreter.Takes = () => block++ % threads == taker;
            interpreter.Run(program.Gradients);
        }

        return [.. memory.Gradients, .. plan.Tape.Regions.Where(region => region.Rows != "One").SelectMany(region => memory.Region(region.Id))];

        void EachView(Routine routine)
        {
            foreach (var (first, count) in views)
            {
                (memory.ViewFirst, memory.ViewCount) = (first, count);
                interpreter.Run(routine);
            }

            (memory.ViewFirst, memory.ViewCount) = (0, memory.Batch);
        }
    }

    private static NetworkPlan Plan(string network) => Cases.Plan(InputSize, network.Split('|'));

    /// <summary>A batch with weights and frames by chance; scratch has no values yet, and whoever reads one gets none.</summary>
    private static ProgramMemory Memory(NetworkPlan plan, int steps, int batch, bool mask)
    {
        var random = new Random(3);
        var memory = new ProgramMemory(plan, steps, batch);
        foreach (int place in plan.Parameters.SelectMany(PlanGradients.Places))
            memory.Weights[place] = (random.NextDouble() - 0.5) * 0.5; // small enough that no layer grows beyond all numbers
        foreach (ref double frame in memory.Of(Ir.Programs.Memory.Frames))
            frame = plan.Spec.OneHot ? random.Next(InputSize) : random.NextDouble() - 0.5;
        memory.Of(Ir.Programs.Memory.BatchScratch).Fill(double.NaN);
        for (int row = 0; row < memory.Mask.Length && mask; row++)
            memory.Mask[row] = random.Next(4) > 0 ? 1 : 0;
        return memory;
    }

    private static double[] Frames(ProgramMemory memory) => memory.Of(Ir.Programs.Memory.Frames).ToArray();

    /// <summary>Draws the states of all streams.</summary>
    /// <returns>A copy.</returns>
    private static double[] States(ProgramMemory memory)
    {
        var random = new Random(5);
        var states = memory.Of(Ir.Programs.Memory.BatchStates);
        foreach (var state in memory.Plan.States)
            for (int sequence = 0; sequence < memory.Batch; sequence++)
                for (int unit = 0; unit < state.Size; unit++)
                    states[(sequence * memory.Plan.Sizes.PackedState) + state.Offset + unit] = 1 + random.NextDouble();
        return states.ToArray();
    }

    private static void SetInitial(ProgramMemory memory, double[] states) => EachState(memory, (state, sequence, unit, place) =>
        Row(memory, state, state.Order == "Reverse" ? memory.Steps : 0, sequence)[unit] = states[place]);

    private static double[] Final(ProgramMemory memory)
    {
        var values = new List<double>();
        EachState(memory, (state, sequence, unit, _) =>
            values.Add(Row(memory, state, state.Order switch { "Reverse" => 0, "Ends" => 1, _ => memory.Steps }, sequence)[unit]));
        return [.. values];
    }

    private static double[] StatesOf(ProgramMemory memory)
    {
        var values = new List<double>();
        EachState(memory, (_, _, _, place) => values.Add(memory.Of(Ir.Programs.Memory.BatchStates)[place]));
        return [.. values];
    }

    private static void EachState(ProgramMemory memory, Action<StatePlan, int, int, int> action)
    {
        foreach (var state in memory.Plan.States)
            for (int sequence = 0; sequence < memory.Batch; sequence++)
                for (int unit = 0; unit < state.Size; unit++)
                    action(state, sequence, unit, (sequence * memory.Plan.Sizes.PackedState) + state.Offset + unit);
    }

    private static Span<double> Row(ProgramMemory memory, StatePlan state, int batches, int sequence) =>
        memory.Region(state.TapeRegion).AsSpan(((batches * memory.Batch) + sequence) * memory.Plan.Tape!.Regions[state.TapeRegion].Stride);

    private static int Rows(ProgramMemory memory) => memory.Plan.ManyToOne ? memory.Batch : memory.Steps * memory.Batch;

    /// <summary>The outputs of the tape's logits, 0 at masked steps.</summary>
    private static double[] Outputs(ProgramMemory memory)
    {
        var (plan, tape) = (memory.Plan, memory.Plan.Tape!);
        var outputs = new double[Rows(memory) * plan.OutputSize];
        for (int row = 0; row < Rows(memory); row++)
        {
            if (!plan.ManyToOne && memory.Mask[row] == 0)
                continue;
            int stride = tape.Regions[tape.LogitRegion].Stride;
            var logits = new Address(memory.Region(tape.LogitRegion), ((tape.LogitRowOffset * memory.Batch) + row) * stride);
            foreach (var head in plan.Heads)
                RuntimeValues.Head(head.Activation, logits.Further(head.Offset), new Address(outputs, (row * plan.OutputSize) + head.Offset), head.Size);
        }

        return outputs;
    }

    /// <summary>Compares; behind the last unit there may be infinities, which nothing reads and which are alike.</summary>
    private static void Close(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.True(expected[index].Equals(actual[index]) || Math.Abs(expected[index] - actual[index]) <= Tolerance, FormattableString.Invariant($"{what}: [{index}] expected {expected[index]}, got {actual[index]}"));
    }
}
