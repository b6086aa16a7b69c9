using System.Reflection;
using Microsoft.CodeAnalysis;
using RnnGen.Training;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>A network that a test has compiled and loaded, whose class the test cannot name.</summary>
internal interface IGeneratedNetwork
{
    /// <summary>Its class.</summary>
    Type Class { get; }

    /// <summary>Its parameters.</summary>
    ParameterCollection Parameters { get; }

    /// <summary>Forward and backward on a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="initialState">[B, StateSize], or empty for zero.</param>
    /// <param name="outputGradients">As the outputs; null for none.</param>
    /// <param name="finalStateGradients">[B, StateSize], or empty for zero.</param>
    Pass Train(SequenceBatch batch, ReadOnlySpan<float> initialState, ReadOnlySpan<float> outputGradients, ReadOnlySpan<float> finalStateGradients);

    /// <summary>
    /// The same on a tape that has seen another batch before, all of its frames and gradients NaN: nothing that a pass leaves on a tape may count in the next.
    /// </summary>
    /// <inheritdoc cref="Train"/>
    Pass TrainAfterNaN(SequenceBatch batch, ReadOnlySpan<float> outputGradients);

    /// <summary>One update by Adam with a clipped norm, from targets of the mean squared error; the loss before it.</summary>
    float Update(SequenceBatch batch, ReadOnlySpan<float> targets);

    /// <summary>The outputs of one sequence, step by step, and the state after it.</summary>
    (float[] Outputs, float[] FinalState) Stream(ReadOnlySpan<float> initialState, ReadOnlySpan<float> frames);

    /// <summary>The outputs of one sequence, in one call.</summary>
    float[] Run(ReadOnlySpan<float> initialState, ReadOnlySpan<float> frames);

    /// <summary>The same as <see cref="Stream"/> of a network that takes classes, through the members that take them as integers.</summary>
    (float[] Outputs, float[] FinalState) StreamClasses(ReadOnlySpan<float> initialState, ReadOnlySpan<int> classes);

    /// <summary>The same as <see cref="Run(ReadOnlySpan{float}, ReadOnlySpan{float})"/>, through the member that takes classes as integers.</summary>
    float[] RunClasses(ReadOnlySpan<float> initialState, ReadOnlySpan<int> classes);

    /// <summary>The outputs of a batch.</summary>
    float[] Run(SequenceBatch batch);

    /// <summary>Loads the networks of a compiled project, by the names of their classes.</summary>
    static IReadOnlyDictionary<string, IGeneratedNetwork> LoadAll(GeneratorRun run) => LoadAll(run.Output);

    /// <inheritdoc cref="LoadAll(GeneratorRun)"/>
    static IReadOnlyDictionary<string, IGeneratedNetwork> LoadAll(Compilation project)
    {
        using var image = new MemoryStream();
        var problems = project.Emit(image).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error);
        Assert.True(!problems.Any(), string.Join("\n", problems.Take(10)));
        return Assembly.Load(image.ToArray()).GetTypes()
            .Where(type => type.GetCustomAttribute<NetworkAttribute>() is not null)
            .ToDictionary(type => type.Name, type => (IGeneratedNetwork)Activator.CreateInstance(typeof(GeneratedNetwork<>).MakeGenericType(type))!);
    }
}

/// <summary>What came out of a training pass.</summary>
internal sealed record Pass(
    float[] Outputs, float[] FinalState, float[] InputGradients, float[] InitialStateGradients, IReadOnlyDictionary<string, float[]> Gradients,
    float[] PackedGradients);

/// <inheritdoc/>
internal sealed class GeneratedNetwork<TNetwork> : IGeneratedNetwork
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly TNetwork _network = TNetwork.Create(1);
    private Trainer<TNetwork>? _trainer;

    private delegate void ClassStep(int input, Span<float> output);

    private delegate void ClassRun(ReadOnlySpan<int> input, Span<float> output);

    public Type Class => typeof(TNetwork);

    public ParameterCollection Parameters => _network.Parameters;

    public Pass Train(SequenceBatch batch, ReadOnlySpan<float> initialState, ReadOnlySpan<float> outputGradients, ReadOnlySpan<float> finalStateGradients)
    {
        using var tape = TNetwork.CreateTape(batch.Steps + 3, batch.BatchSize); // Larger than need be, as tapes are.
        initialState.CopyTo(tape.InitialState);
        finalStateGradients.CopyTo(tape.FinalStateGradients);
        return Train(tape, batch, outputGradients);
    }

    public Pass TrainAfterNaN(SequenceBatch batch, ReadOnlySpan<float> outputGradients)
    {
        using var tape = TNetwork.CreateTape(batch.Steps + 1, batch.BatchSize);
        var spoilt = new float[(batch.Steps + 1) * batch.BatchSize * TNetwork.InputSize];
        spoilt.AsSpan().Fill(float.NaN);
        tape.InitialState.Fill(float.NaN);
        tape.FinalStateGradients.Fill(float.NaN);
        _network.Forward(tape, SequenceBatch.FromTimeMajor(spoilt, batch.Steps + 1, batch.BatchSize, TNetwork.InputSize));
        _network.Backward(tape, tape.Outputs.ToArray());
        tape.InitialState.Clear();
        tape.FinalStateGradients.Clear();
        tape.ClearGradients();
        return Train(tape, batch, outputGradients);
    }

    public float Update(SequenceBatch batch, ReadOnlySpan<float> targets)
    {
        _trainer ??= new Trainer<TNetwork>(_network, new TrainerOptions { Optimizer = new Adam(1e-3f), Loss = Loss.MeanSquaredError, BatchSize = batch.BatchSize, ClipNorm = 1 });
        return _trainer.Update(batch, targets);
    }

    public (float[] Outputs, float[] FinalState) Stream(ReadOnlySpan<float> initialState, ReadOnlySpan<float> frames)
    {
        Set(initialState);
        int frameSize = TNetwork.Layout.FrameSize, steps = frames.Length / frameSize;
        var outputs = new float[steps * TNetwork.OutputSize];
        for (int step = 0; step < steps; step++)
            _network.Step(frames.Slice(step * frameSize, frameSize), outputs.AsSpan(step * TNetwork.OutputSize, TNetwork.OutputSize));
        return (outputs, State());
    }

    public (float[] Outputs, float[] FinalState) StreamClasses(ReadOnlySpan<float> initialState, ReadOnlySpan<int> classes)
    {
        Set(initialState);
        var oneStep = Public<ClassStep>(nameof(INetwork<>.Step), typeof(int));
        var outputs = new float[classes.Length * TNetwork.OutputSize];
        for (int step = 0; step < classes.Length; step++)
            oneStep(classes[step], outputs.AsSpan(step * TNetwork.OutputSize, TNetwork.OutputSize));
        return (outputs, State());
    }

    public float[] Run(ReadOnlySpan<float> initialState, ReadOnlySpan<float> frames)
    {
        Set(initialState);
        var outputs = new float[Answers(frames.Length / TNetwork.Layout.FrameSize) * TNetwork.OutputSize];
        _network.Run(frames, outputs);
        return outputs;
    }

    public float[] RunClasses(ReadOnlySpan<float> initialState, ReadOnlySpan<int> classes)
    {
        Set(initialState);
        var outputs = new float[Answers(classes.Length) * TNetwork.OutputSize];
        Public<ClassRun>(nameof(INetwork<>.Run), typeof(ReadOnlySpan<int>))(classes, outputs);
        return outputs;
    }

    public float[] Run(SequenceBatch batch)
    {
        var outputs = new float[Answers(batch.Steps) * batch.BatchSize * TNetwork.OutputSize];
        _network.Run(batch, outputs);
        return outputs;
    }

    private Pass Train(Tape<TNetwork> tape, SequenceBatch batch, ReadOnlySpan<float> outputGradients)
    {
        _network.Forward(tape, batch);
        _network.Backward(tape, outputGradients);
        return new Pass(
            tape.Outputs.ToArray(), tape.FinalState.ToArray(), tape.InputGradients.ToArray(), tape.InitialStateGradients.ToArray(),
            tape.Gradients.ToDictionary(gradient => gradient.Name, gradient => gradient.ToArray()), tape.PackedGradients.ToArray());
    }

    private static int Answers(int steps) => TNetwork.Layout.ManyToOne ? 1 : steps;

    /// <summary>A member that only the class has, by what it takes beside outputs.</summary>
    private TDelegate Public<TDelegate>(string name, Type input)
        where TDelegate : Delegate => typeof(TNetwork).GetMethod(name, [input, typeof(Span<float>)])!.CreateDelegate<TDelegate>(_network);

    private float[] State()
    {
        var state = new float[TNetwork.StateSize];
        _network.CopyStateTo(state);
        return state;
    }

    private void Set(ReadOnlySpan<float> initialState)
    {
        if (initialState.IsEmpty)
            _network.Reset();
        else
            _network.SetState(initialState);
    }
}
