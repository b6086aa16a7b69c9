using System.Reflection;

namespace RnnGen.Tests.Numerics;

/// <summary>The layers that a class's attributes describe, in double precision and one sequence at a time.</summary>
internal sealed class ReferenceNetwork
{
    private readonly Dictionary<string, ReferenceLayer> _byName = [];

    /// <summary>Reads the attributes of a network's class.</summary>
    public ReferenceNetwork(Type network)
    {
        int size = InputSize = network.GetCustomAttribute<NetworkAttribute>()!.InputSize;
        foreach (LayerAttribute attribute in network.GetCustomAttributes<LayerAttribute>())
        {
            (string kind, ReferenceLayer layer) = Create(attribute, size);
            _byName.Add(attribute.Name ?? $"{kind}{Layers.Count}", layer);
            Layers.Add(layer);
            size = layer.Size;
        }
    }

    public int InputSize { get; }

    public List<ReferenceLayer> Layers { get; } = [];

    public int StateSize => Layers.Sum(layer => layer.StateSize);

    /// <summary>The parameters by their full names.</summary>
    public IEnumerable<string> Names => _byName.SelectMany(layer => layer.Value.Parameters.Keys.Select(parameter => $"{layer.Key}.{parameter}"));

    public double[] Parameter(string name) => Find(name).Layer.Parameters[Find(name).Parameter];

    public double[] Gradient(string name) => Find(name).Layer.Gradients[Find(name).Parameter];

    /// <summary>A network's class and weights.</summary>
    public static ReferenceNetwork Of<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        var reference = new ReferenceNetwork(typeof(TNetwork));
        Assert.Equal(reference.Names, network.Parameters.Select(parameter => parameter.Name));
        foreach (Parameter parameter in network.Parameters)
            Array.ConvertAll(parameter.ToArray(), value => (double)value).CopyTo(reference.Parameter(parameter.Name), 0);
        return reference;
    }

    /// <summary>The outputs of a sequence, a row a step; <paramref name="state"/> goes from the initial to the final one.</summary>
    public double[][] Forward(double[][] frames, bool[] mask, double[] state)
    {
        double[][] rows = frames;
        int first = 0;
        foreach (ReferenceLayer layer in Layers)
        {
            rows = layer.Forward(rows, mask, state.AsSpan(first, layer.StateSize));
            mask = layer.MaskAfter(mask);
            first += layer.StateSize;
        }

        // A step that is masked has no output, whatever the layers made of it.
        return [.. rows.Select((row, step) => mask[step] ? row : new double[row.Length])];
    }

    /// <summary>The gradients of the frames of the latest sequence; <paramref name="stateGradient"/> goes from the final to the initial state.</summary>
    public double[][] Backward(double[][] outputGradients, double[] stateGradient)
    {
        double[][] rows = outputGradients;
        int end = stateGradient.Length;
        foreach (ReferenceLayer layer in Enumerable.Reverse(Layers))
        {
            end -= layer.StateSize;
            rows = layer.Backward(rows, stateGradient.AsSpan(end, layer.StateSize));
        }

        return rows;
    }

    private static (string Kind, ReferenceLayer Layer) Create(LayerAttribute attribute, int inputSize) => attribute switch
    {
        RnnAttribute rnn => ("rnn", new ReferenceRnn(inputSize, rnn.Units, rnn.Activation)),
        LstmAttribute lstm => ("lstm", new ReferenceLstm(inputSize, lstm.Units)),
        GruAttribute gru => ("gru", new ReferenceGru(inputSize, gru.Units)),
        DenseAttribute dense => ("dense", new ReferenceDense(inputSize, dense.Units, dense.Activation)),
        LastStepAttribute => ("laststep", new ReferenceLastStep(inputSize)),
        _ => throw new InvalidOperationException($"no reference for {attribute}"),
    };

    private (ReferenceLayer Layer, string Parameter) Find(string name)
    {
        int dot = name.LastIndexOf('.');
        return (_byName[name[..dot]], name[(dot + 1)..]);
    }
}
