using RnnGen.Training;

namespace RnnGen.Tests.Dl4j;

/// <summary>
/// An LSTM that Deeplearning4j trained, from its initial weights to its answers on the test set: predictions, gradients, each of 45 scores, final weights. Its
/// update is done by hand. Its second network, a bidirectional one, is not among the data.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class Dl4jTests
{
    private const int BatchSize = 10;
    private const double LearningRate = 0.05;
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;
    private const double Penalty = 1e-3;

    /// <summary>
    /// What a computation in double precision is from Deeplearning4j's in float: 1.5e-7 in the predictions, and these. The data's own notes have them rounded:
    /// 2.6e-5, 7e-6, 5e-6.
    /// </summary>
    private const double GradientDistance = 2.65e-5;

    /// <inheritdoc cref="GradientDistance"/>
    private const double ScoreDistance = 7.4e-6;

    /// <inheritdoc cref="GradientDistance"/>
    private const double WeightDistance = 5.2e-6;

    /// <summary>What may come to that, our computation being in float too: of gradients up to 8.8, of scores and weights after 45 updates.</summary>
    private const double Rounding = 1.5e-6;

    [SkippableFact]
    public void Predictions_and_gradients_are_those_of_Deeplearning4j()
    {
        var model = new Dl4jModel();
        SyntheticControl data = SyntheticControl.Read("train");
        using Dl4jClassifier network = Create(model);
        using Tape<Dl4jClassifier> tape = Dl4jClassifier.CreateTape(60, BatchSize);

        Propagate(network, tape, data, first: 0);

        AssertNear("predictions", model.Predictions, tape.Outputs.ToArray(), 1.5e-7);
        foreach ((string name, float[] gradient) in model.Gradients)
            AssertNear(name, gradient, tape.Gradients[name].ToArray(), GradientDistance + Rounding);
    }

    [SkippableFact]
    public void An_epoch_goes_as_it_went_with_Deeplearning4j()
    {
        var model = new Dl4jModel();
        SyntheticControl data = SyntheticControl.Read("train");
        using Dl4jClassifier network = Create(model);
        using Tape<Dl4jClassifier> tape = Dl4jClassifier.CreateTape(60, BatchSize);
        var moments = model.InitialParameters.ToDictionary(part => part.Key, part => (First: new double[part.Value.Length], Second: new double[part.Value.Length]));

        var scores = new List<double>();
        for (int update = 1; update <= data.Sequences.Count / BatchSize; update++)
        {
            double loss = Propagate(network, tape, data, (update - 1) * BatchSize);
            scores.Add(loss + Penalties(network) / BatchSize);
            foreach ((string name, (double[] first, double[] second)) in moments)
                Update(network.Parameters[name], tape.Gradients[name].ToArray(), first, second, update);
        }

        double[] curve = model.TrainingCurve;
        Assert.Equal(curve.Length, scores.Count);
        for (int update = 0; update < curve.Length; update++)
            Assert.True(Math.Abs(curve[update] - scores[update]) <= ScoreDistance + Rounding, $"update {update}: expected a score of {curve[update]:R}, got {scores[update]:R}");
        foreach ((string name, float[] values) in model.FinalParameters)
            AssertNear(name, values, network.Parameters[name].ToArray(), WeightDistance + Rounding);

        int[] right = RightAnswers(network, SyntheticControl.Read("test"));
        Assert.Equal(model.TruePositives, right);
        Assert.Equal(84, right.Sum());
    }

    private static Dl4jClassifier Create(Dl4jModel model)
    {
        var network = new Dl4jClassifier(0);
        network.Parameters["lstm0.bias_hh"].Set(new float[40]);
        foreach ((string name, float[] values) in model.InitialParameters)
            network.Parameters[name].Set(values);
        return network;
    }

    /// <summary>Both passes over a batch: the mean cross entropy; the gradients are of the sum.</summary>
    private static double Propagate(Dl4jClassifier network, Tape<Dl4jClassifier> tape, SyntheticControl data, int first)
    {
        network.Forward(tape, data.Batch(first, BatchSize));
        float[] gradients = tape.Outputs.ToArray();
        double loss = 0;
        for (int sequence = 0; sequence < BatchSize; sequence++)
        {
            int at = sequence * Dl4jClassifier.OutputSize + data.Classes[first + sequence];
            loss -= Math.Log(gradients[at]) / BatchSize;
            gradients[at] -= 1;
        }

        tape.ClearGradients();
        network.BackwardFromLogits(tape, gradients);
        return loss;
    }

    private static bool IsPenalised(Parameter parameter) => parameter.Name.Contains("weight", StringComparison.Ordinal);

    private static double Penalties(Dl4jClassifier network) => network.Parameters.Where(IsPenalised)
        .SelectMany(parameter => parameter.ToArray()).Sum(weight => Penalty * Math.Abs(weight) + 0.5 * Penalty * weight * weight);

    /// <summary>Adam on the summed gradient, then the penalties' gradients, then all of it divided by the batch's size.</summary>
    private static void Update(Parameter parameter, float[] gradient, double[] first, double[] second, int update)
    {
        float[] values = parameter.ToArray();
        double rate = LearningRate * Math.Sqrt(1 - Math.Pow(Beta2, update)) / (1 - Math.Pow(Beta1, update));
        for (int i = 0; i < values.Length; i++)
        {
            first[i] = Beta1 * first[i] + (1 - Beta1) * gradient[i];
            second[i] = Beta2 * second[i] + (1 - Beta2) * gradient[i] * gradient[i];
            double step = rate * first[i] / (Math.Sqrt(second[i]) + Epsilon);
            if (IsPenalised(parameter))
                step += Penalty * values[i] + Penalty * Math.Sign(values[i]);
            values[i] = (float)(values[i] - step / BatchSize);
        }

        parameter.Set(values);
    }

    private static int[] RightAnswers(Dl4jClassifier network, SyntheticControl data)
    {
        float[] outputs = new float[data.Sequences.Count * Dl4jClassifier.OutputSize];
        network.Run(data.Batch(0, data.Sequences.Count), outputs);
        int[] right = new int[Dl4jClassifier.OutputSize];
        foreach ((float[] row, int expected) in outputs.Chunk(Dl4jClassifier.OutputSize).Zip(data.Classes))
            right[expected] += Array.IndexOf(row, row.Max()) == expected ? 1 : 0;
        return right;
    }

    private static void AssertNear(string what, float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double[] distances = [.. expected.Zip(actual, (one, other) => Math.Abs((double)one - other))];
        Assert.True(distances.Max() <= tolerance, $"{what}: off by {distances.Max():E2} at {Array.IndexOf(distances, distances.Max())}, expected at most {tolerance:E1}");
    }
}
