using System.Globalization;
using RnnGen.Training;

namespace RnnGen.Samples.JapaneseVowels;

/// <summary>Reads the data, trains, tests.</summary>
/// <param name="options">What to do.</param>
/// <param name="display">Shows it.</param>
internal sealed class TrainingRun(Options options, IDisplay display)
{
    /// <summary>Does everything.</summary>
    public void Run()
    {
        DataSet data = DataSet.Load(options.Data);
        Line($"{data.Training.Length} utterances to train on and {data.Test.Length} to test on");
        using var committee = new Committee(options.Seed);
        Train(committee, data.Training);
        Test(committee, data.Test);
    }

    private void Train(Committee committee, Utterance[] training)
    {
        double seconds = 0;
        for (int member = 0; member < Committee.Size; member++)
        {
            int current = member;
            Line($"network {member + 1} of {Committee.Size}: {SpeakerRecognizer.ParameterCount} parameters, {options.Epochs} epochs, seed {options.Seed}");
            seconds += display.Training(progress => committee.Train(current, training, options.Epochs, progress)).Elapsed.TotalSeconds;
        }

        Line($"trained in {seconds:F1} s");
    }

    private void Test(Committee committee, Utterance[] test)
    {
        ConfusionMatrix confusion = committee.Test(test);
        display.Line();
        Line($"test accuracy {100 * confusion.Accuracy:F2} % ({confusion.Correct} of {confusion.Total} utterances), macro F1 {confusion.MacroF1:F4}");
        display.Show(confusion, "spoke \\ heard", firstLabel: 1);
    }

    private void Line(FormattableString text) => display.Line(text.ToString(CultureInfo.InvariantCulture));
}
