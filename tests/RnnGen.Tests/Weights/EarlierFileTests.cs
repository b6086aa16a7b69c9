using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Weights;

/// <summary>Files that an earlier version wrote are read by this one. They stay as they are; what later versions write gets files of its own.</summary>
public sealed class EarlierFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-earlier-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Weights_are_read_and_compute_what_they_did()
    {
        using EarlierNetwork network = EarlierNetwork.Load(PathOf("earlier.safetensors"));
        float[] outputs = new float[EarlierNetwork.OutputSize];
        network.Run(EarlierTraining.Sequence(1), outputs);
        float[] then = [0.40464026f, 0.3156553f, 0.27970445f];
        Assert.All(then.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void A_checkpoint_is_read_and_training_goes_on()
    {
        using EarlierNetwork network = new(seed: 9), weights = EarlierNetwork.Load(PathOf("earlier.safetensors"));
        using var trainer = new Trainer<EarlierNetwork>(network, EarlierTraining.Options());
        trainer.LoadCheckpoint(PathOf("earlier.checkpoint"));
        Assert.Equal(3, trainer.Updates);
        foreach (Parameter parameter in weights.Parameters)
            Numbers.AssertSameBits(parameter.ToArray(), network.Parameters[parameter.Name].ToArray());
        TrainingReport report = trainer.Fit(EarlierTraining.Set(12), EarlierTraining.Set(6), 2);
        Assert.Equal((2, 9), (report.Epochs.Count, trainer.Updates));
    }

    /// <summary>The file is from the second epoch of three.</summary>
    [Fact]
    public void A_checkpoint_of_Fit_is_read_and_goes_on_to_its_end()
    {
        string path = Path.Combine(_folder.FullName, "fit.checkpoint");
        File.Copy(PathOf("earlier.fit.checkpoint"), path);
        using var network = new EarlierNetwork(seed: 9);
        using var trainer = new Trainer<EarlierNetwork>(network, EarlierTraining.Options());
        TrainingReport report = trainer.Fit(
            EarlierTraining.Set(12), EarlierTraining.Set(6), EarlierTraining.Epochs, progress: null, new CheckpointOptions(path, every: 1));
        Assert.Equal(EarlierTraining.Epochs, report.Epochs.Count);
        Assert.Equal(1.1418977f, report.Epochs[0].Training.Loss);
        Assert.Equal(9, trainer.Updates);
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Weights", "Earlier", name);
}
