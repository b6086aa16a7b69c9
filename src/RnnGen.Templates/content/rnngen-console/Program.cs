using RnnGen;
using RnnGen.Training;
using RnnGenConsole;

const string WeightsFile = "activity.safetensors";
const int Axes = ActivityRecognizer.InputSize;
string[] activities = ["standing", "walking", "running"];

// 1. Train on 600 recordings of an accelerometer, and test on 200 others. Replace Recordings by your own data.
(float[][] sequences, int[] labels) = Recordings.Make(600, seed: 1);
TrainingSet training = TrainingSet.PerSequence(sequences, Axes, labels);
(sequences, labels) = Recordings.Make(200, seed: 2);
TrainingSet test = TrainingSet.PerSequence(sequences, Axes, labels);

using (var network = new ActivityRecognizer(seed: 1))
{
    Console.WriteLine(network.Summary());
    var options = new TrainerOptions { Optimizer = new Adam(0.01f), Loss = Loss.CrossEntropy, BatchSize = 16, ClipNorm = 1f };
    using var trainer = new Trainer<ActivityRecognizer>(network, options);
    trainer.Fit(training, validation: null, epochs: 15);
    Console.WriteLine($"{trainer.Evaluate(test).Accuracy:P1} of the test recordings are right.");

    // 2. Save: safetensors with PyTorch's names.
    network.Save(WeightsFile);
}

// 3. Load.
using ActivityRecognizer loaded = ActivityRecognizer.Load(WeightsFile);

// 4. Step: one sample at a time, as it arrives. The network keeps its state between calls and allocates nothing.
float[] probabilities = new float[ActivityRecognizer.OutputSize];
float[] stream = Recordings.Make(activity: 2, steps: 50, new Random(3));
for (int step = 0; step < 50; step++)
{
    loaded.Step(stream.AsSpan(step * Axes, Axes), probabilities);
    int best = Array.IndexOf(probabilities, probabilities.Max());
    if (step % 10 == 9)
        Console.WriteLine($"after {(step + 1) * 0.02:F1} s: {activities[best]} ({probabilities[best]:P0})");
}
