using RnnGen.Training;

namespace RnnGen.Tests.Numerics;

/// <summary>What went into a sequence's pass and what came out: a row a step, null where there is none.</summary>
internal sealed record ReferenceSequence(Variable?[] Frames, Variable InitialState, Variable?[] Outputs, Variable?[] Logits, Variable FinalState);

/// <summary>Both passes over a batch, in the layout of a <see cref="Tape{TNetwork}"/>; 0 at masked steps.</summary>
internal sealed class ReferenceResult(
    ReferenceNetwork network, IReadOnlyList<ReferenceSequence> sequences, IReadOnlyDictionary<string, Variable> parameters, double nearestKink)
{
    public double[] Outputs => Rows(sequence => sequence.Outputs, network.OutputSize, row => row.Values);

    public double[] Logits => Rows(sequence => sequence.Logits, network.OutputSize, row => row.Values);

    public double[] FinalState => [.. sequences.SelectMany(sequence => sequence.FinalState.Values)];

    /// <summary>Those of the frames; classes have none.</summary>
    public double[] InputGradients => network.TakesClasses ? [] : Rows(sequence => sequence.Frames, network.InputSize, row => row.Gradient);

    public double[] InitialStateGradients => [.. sequences.SelectMany(sequence => sequence.InitialState.Gradient)];

    /// <summary>The gradients of the parameters by their full names.</summary>
    public Dictionary<string, double[]> Gradients => parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.Gradient);

    /// <inheritdoc cref="Computation.NearestKink"/>
    public double NearestKink => nearestKink;

    /// <summary>Puts the gradients of outputs and final states in their places.</summary>
    public void Seed(double[] outputGradients, double[] finalStateGradients)
    {
        for (int index = 0; index < sequences.Count; index++)
        {
            Variable?[] outputs = sequences[index].Outputs;
            for (int step = 0; step < outputs.Length; step++)
            {
                int row = (step * sequences.Count + index) * network.OutputSize;
                for (int i = 0; outputs[step] is Variable output && i < output.Length; i++)
                    output.Gradient[i] += outputGradients[row + i];
            }

            Variable final = sequences[index].FinalState;
            for (int i = 0; i < final.Length; i++)
                final.Gradient[i] += finalStateGradients[index * final.Length + i];
        }
    }

    private double[] Rows(Func<ReferenceSequence, Variable?[]> rowsOf, int size, Func<Variable, double[]> valuesOf)
    {
        int steps = rowsOf(sequences[0]).Length;
        return [.. Enumerable.Range(0, steps).SelectMany(
            step => sequences.SelectMany(sequence => rowsOf(sequence)[step] is Variable row ? valuesOf(row) : new double[size]))];
    }
}
